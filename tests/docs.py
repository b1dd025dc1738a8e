"""The documentation as tests read it, and `python -m tests.docs`, which pastes its numbers anew."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pricing.city.load import load_city
from pricing.cli._calibration import Text, lines
from pricing.cli._output import Output
from pricing.engine.assess import Assessment, assess
from pricing.engine.moments import Judged

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CALIBRATION = DOCS / "calibration.md"
MARKER = re.compile(r"^<!-- (?P<name>[^>]+) -->\n(?:```text\n.*?```\n)?", re.MULTILINE | re.DOTALL)
SOURCE = "source of the range"


@cache
def can_tho() -> Assessment:
    """The shipped city, assessed."""
    return assess(load_city(ROOT / "scenarios" / "cities" / "can_tho"))


def page(name: str) -> str:
    """A page of the documentation."""
    return (DOCS / name).read_text(encoding="utf-8")


def label(row: Judged) -> str:
    """Name of a moment as prose says it."""
    return Text("en").moment(row)[0].removesuffix(", elasticity")


def numbers(row: Judged) -> str:
    """Model value and range of a moment as prose says them, written as the command does."""
    _, model, low, high = Text("en").moment(row)
    return f"{model}, range {low} to {high}"


def current(text: str, found: Assessment) -> str:
    """A page with its marked tables, and the numbers in brackets after a bold moment, as of now."""
    printed = "\n".join(lines(found, Output(language="en")))
    text = MARKER.sub(
        lambda hit: f"<!-- {hit['name']} -->\n```text\n{_section(printed, hit['name'])}\n```\n",
        text,
    )
    return _renumbered(text, found.moments)


def _section(printed: str, name: str) -> str:
    """The table under the heading that begins with `name`, without the long column of sources."""
    table = printed[printed.index(f"\n{name}") + 1 :].split("\n\n")[0].splitlines()[1:]
    end = table[0].find(SOURCE)
    return "\n".join(line[: end if end > 0 else None].rstrip() for line in table)


def _renumbered(text: str, moments: Iterable[Judged]) -> str:
    for row in moments:
        words = r"\s+".join(map(re.escape, label(row).split()))
        bold = re.compile(rf"(\*\*{words}\*\*\s+)\([^)]*\)")
        text = bold.sub(rf"\g<1>({numbers(row)})", text)
    return text


if __name__ == "__main__":
    CALIBRATION.write_text(current(page(CALIBRATION.name), can_tho()), encoding="utf-8")
