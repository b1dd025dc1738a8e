"""One test a validation case; the file is PRICING_CASES, by default the copy beside this module.

A family or shape without adapter is skipped by name, so that any case file of this form can be run.
"""

import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

from tests.validation import (
    adapters,
    adapters_auctions,
    adapters_entry,
    adapters_equity,
    adapters_purchase,
    adapters_types,
    adapters_welfare,
)
from tests.validation.registry import Adapters

OWN_COPY = Path(__file__).parent / "cases.json"
CASES = json.loads(Path(os.environ.get("PRICING_CASES", OWN_COPY)).read_text("utf-8"))["cases"]

ADAPTERS = Adapters(
    adapters.ADAPTERS
    | adapters_auctions.ADAPTERS
    | adapters_entry.ADAPTERS
    | adapters_equity.ADAPTERS
    | adapters_purchase.ADAPTERS
    | adapters_types.ADAPTERS
    | adapters_welfare.ADAPTERS
)

REQUIRED = {
    "auc": (
        *("sym", "bid", "closed", "surplus", "curse", "ceiling", "alt", "default"),
        *("asym", "scoring", "entry"),
    ),
    "cost": ("alloc", "annuity", "breakeven", "capital"),
    "dem": (
        *("iso", "linear", "arc", "logit", "nested", "ramsey", "twopart", "dwl", "mcpf"),
        *("insurance", "capacity", "roadmap"),
    ),
    "que": ("mmc", "erlang_b", "ggc_approx"),
    "eq": (
        *("rank", "ci", "kakwani", "curve", "cata", "poverty", "bia", "analytic"),
        *("gini", "theil_atkinson", "invariance"),
    ),
    "fin": (
        *("subsidy", "pv", "deflate", "shift", "autonomy", "order_v_bid", "entry"),
        *("fund", "real_rate"),
    ),
}


def differences(actual, expected, tolerance, where=""):
    """Where the actual value misses the expected one, as text; null is undefined: None or NaN."""
    if isinstance(expected, dict):
        missing = [f"{where}.{key}: missing" for key in expected if key not in actual]
        shared = (key for key in expected if key in actual)
        return missing + [
            text
            for key in shared
            for text in differences(actual[key], expected[key], tolerance, f"{where}.{key}")
        ]
    if isinstance(expected, list):
        if np.shape(actual)[:1] != (len(expected),):
            return [f"{where}: {actual!r} has not {len(expected)} elements"]
        return [
            text
            for i, (a, e) in enumerate(zip(actual, expected, strict=True))
            for text in differences(a, e, tolerance, f"{where}[{i}]")
        ]
    return [] if agrees(actual, expected, tolerance) else [f"{where}: {actual!r}, not {expected!r}"]


def agrees(actual, expected, tolerance):
    if expected is None:
        return actual is None or math.isnan(actual)
    if not isinstance(expected, int | float):
        return actual == expected
    if actual is None:
        return False
    bound = tolerance.get("abs", tolerance.get("rel", 0.0) * max(1.0, abs(expected)))
    # the file prints twelve digits: nothing agrees more closely than to the last of them
    return abs(float(actual) - expected) <= bound or float(f"{float(actual):.12g}") == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    function = ADAPTERS.find(case["id"], case["params"])
    if function is None:
        pytest.skip(f"no adapter for {case['id']} with {sorted(case['params'])}")
    missed = differences(function(case["params"]), case["expected"], case["tolerance"])
    assert not missed, f"{case['title']}: {'; '.join(missed)} ({case['formula']})"


def test_own_copy_holds_the_required_families_and_each_case_of_them_has_an_adapter():
    cases = json.loads(OWN_COPY.read_text("utf-8"))["cases"]
    for family in (f"{topic}.{name}" for topic, names in REQUIRED.items() for name in names):
        members = [c for c in cases if c["id"] == family or c["id"].startswith(family + ".")]
        assert members, family
        for case in members:
            assert ADAPTERS.find(case["id"], case["params"]) is not None, case["id"]


def test_a_value_agrees_if_it_prints_as_the_file_does():
    tolerance = {"rel": 1e-12}
    assert agrees(1.0 / (1.0 - 0.05), 1.05263157895, tolerance)
    assert not agrees(1.05263157896, 1.05263157895, tolerance)


def test_a_missed_value_is_reported_with_its_place():
    tolerance = {"rel": 1e-9}
    assert differences({"a": [1.0, 2.0]}, {"a": [1.0, 2.1]}, tolerance) == [".a[1]: 2.0, not 2.1"]
    assert differences({}, {"a": 1}, tolerance) == [".a: missing"]
    assert differences({"a": [1.0]}, {"a": [1.0, 2.0]}, tolerance) != []
    assert differences({"a": 1.0}, {"a": None}, tolerance) != []
    assert differences({"a": float("nan")}, {"a": 1.0}, tolerance) != []
    assert differences({"a": None}, {"a": 1.0}, tolerance) != []
    assert differences({"a": float("nan"), "b": None}, {"a": None, "b": None}, tolerance) == []
    assert differences({"a": "x"}, {"a": "y"}, tolerance) != []
    assert differences({"a": 0.105}, {"a": 0.1}, {"abs": 0.01}) == []
