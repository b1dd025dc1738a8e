"""`pricing list`: what there is, from instruments to scenarios, and who bears what when buying."""

import sys
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

import click

from pricing.base.words import words
from pricing.cli._output import Output, help_text, with_output

Listing: TypeAlias = Mapping[str, str]

RISKS = ("volume", "cost", "quality", "payment_delay")
"""What can go otherwise than planned when the budget buys a lot; someone bears each of them."""


def _instruments(language: str) -> Listing:
    from pricing.instruments._registry import documentation, instrument_kinds

    return {
        kind: _label("instrument", kind, language) or documentation(kind).split("\n")[0]
        for kind in instrument_kinds()
    }


def _indicators(language: str) -> Listing:
    from pricing.indicators._indicator import indicators

    return _labelled("indicator", indicators(), language)


def _charts(language: str) -> Listing:
    from pricing.charts._chart import charts

    return {
        kind: _label("chart", kind, language) or _first_line(sys.modules[chart.draw.__module__])
        for kind, chart in charts().items()
    }


def _sectors(language: str) -> Listing:
    from pricing.sectors._sector import sectors

    return _labelled("sector", sectors(), language)


def _cities(language: str) -> Listing:
    del language
    from pricing.scenario.starter import shipped_cities

    return {folder.name: str(folder) for folder in shipped_cities()}


def _risks(language: str) -> Listing:
    from pricing.city.rows.lots import SCHEMES

    return {
        f"{scheme}.{risk}": words(language).text(f"risks.{scheme}.{risk}")
        for scheme in SCHEMES
        for risk in RISKS
    }


def _scenarios(language: str) -> Listing:
    from pricing.scenario.starter import shipped_titles

    return shipped_titles(language)


GROUPS: Mapping[str, Callable[[str], Listing]] = MappingProxyType(
    {
        "instruments": _instruments,
        "indicators": _indicators,
        "charts": _charts,
        "sectors": _sectors,
        "cities": _cities,
        "scenarios": _scenarios,
        "risks": _risks,
    }
)


@click.command(name="list", help=help_text("list"))
@click.argument("what", required=False, type=click.Choice(list(GROUPS)))
@with_output
def list_things(output: Output, what: str | None) -> None:
    """Print one group, or all of them."""
    listed = {name: GROUPS[name](output.language) for name in ([what] if what else GROUPS)}
    output.json(listed)
    for name, things in listed.items():
        output.data(f"{name}:")
        width = max((len(thing) for thing in things), default=0)
        for thing, meaning in things.items():
            output.data(f"  {thing:<{width}}  {meaning}".rstrip())


def _labelled(kind: str, names: Iterable[str], language: str) -> Listing:
    return {name: _label(kind, name, language) for name in names}


def _label(kind: str, name: str, language: str) -> str:
    return words(language).table.get(f"label.{kind}.{name}", "")


def _first_line(item: object) -> str:
    return (item.__doc__ or "").strip().split("\n")[0]
