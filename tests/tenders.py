"""Tender files for tests: a small one that holds every section, and its study."""

from pathlib import Path

from pricing.scenario.tender import TenderStudy, load_tender

TENDER = """
[tender]
title     = { vi = "Gói thử", en = "A lot on trial" }
ceiling   = 110
bidders   = [1, 3]
simulated = 2_000
seed      = 7

[costs]
kind = "uniform"
low  = 80
high = 120

[default]
cost_shock = 8
bond       = 3

[abnormally_low]
ratio      = "85 %"
deviations = 1.0
"""


INCUMBENT = """[incumbent]
costs = { kind = "uniform", low = 75, high = 110 }

[non_public]
number = 2
costs  = { kind = "beta", a = 2, b = 2, low = 85, high = 125 }

[default]"""


def tender_file(folder: Path, *changes: tuple[str, str]) -> Path:
    """The file in a folder, pieces of its text replaced by others."""
    text = TENDER
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "lot.toml"
    path.write_text(text, encoding="utf-8")
    return path


def tender_study(folder: Path, *changes: tuple[str, str]) -> TenderStudy:
    """What the file holds, as the laboratory takes it."""
    return load_tender(tender_file(folder, *changes))
