"""A chain of any scenarios for tests, with labels in both languages."""

from pricing.scenario.attribution import Chain


def chain(*scenarios: str, indicators: tuple[str, ...], dimension: str = "all") -> Chain:
    """A chain named `links` through some scenarios."""
    return Chain(
        name="links",
        title={"vi": "Chuỗi", "en": "Links"},
        indicators=indicators,
        dimension=dimension,
        scenarios=scenarios,
        steps=tuple({"vi": f"đến {name}", "en": f"to {name}"} for name in scenarios[1:]),
    )
