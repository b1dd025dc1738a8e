"""Tables of a made-up run in realistic magnitudes: six scenarios, ten years, 32 paired futures."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from pricing.charts._data import Tables, read_tables
from pricing.charts.use_by_quintile import DIMENSION
from tests.charts.synthetic_households import households
from tests.charts.synthetic_owners import owners
from tests.charts.synthetic_places import places
from tests.charts.synthetic_staff import staff

YEARS = np.arange(2026, 2036)
FUTURES, SCRAMBLINGS, REPLICATIONS = 32, 8, 2
BASELINE = "base"
PACE = {  # share of management and depreciation in prices by 2035, and how early
    "base": (0.0, 0.0),
    "frozen_2026": (-0.25, 1.0),
    "full_cost_2030": (1.0, 1.0),
    "full_cost_fast": (1.0, 1.6),
    "full_cost_slow": (0.9, 0.6),
    "full_cost_protected": (0.85, 1.0),
}
TITLES = {  # as long as those of the shipped scenarios
    "base": {"vi": "Cơ sở: pháp luật hiện hành", "en": "Baseline: the law as it stands"},
    "frozen_2026": {"vi": "Giữ nguyên mức năm 2026", "en": "Levels of 2026 kept"},
    "full_cost_2030": {"vi": "Tính đủ chi phí vào năm 2030", "en": "Full cost by 2030"},
    "full_cost_fast": {"vi": "Tính đủ chi phí nhanh, năm 2028", "en": "Full cost fast, by 2028"},
    "full_cost_slow": {"vi": "Tính đủ chi phí chậm, năm 2035", "en": "Full cost slowly, by 2035"},
    "full_cost_protected": {
        "vi": "Tính đủ chi phí vào năm 2030, có bảo vệ",
        "en": "Full cost by 2030, with protection",
    },
}
PRICES = {  # service: VND in 2026, shares of direct, labour, management, depreciation at full cost
    "hospital_outpatient_visit": (321e3, (0.46, 0.41, 0.05, 0.08)),
    "inpatient_stay": (4.61e6, (0.46, 0.41, 0.05, 0.08)),
    "lower_secondary": (1.43e6, (0.13, 0.75, 0.05, 0.07)),
    "college": (2.14e6, (0.22, 0.60, 0.06, 0.12)),
}
NEEDS = {
    "use_rate": {"ambulatory": 2.1, "inpatient": 0.16, "preventive": 0.5, "short_course": 0.02},
    "enrolment_rate": {
        "preschool": 0.81, "primary": 0.99, "lower_secondary": 0.96, "upper_secondary": 0.74,
        "higher_education": 0.27, "intermediate": 0.06, "college": 0.08,
    },
}  # fmt: skip
SHARES = {"health": (0.40, 0.52), "education": (0.21, 0.0), "vocational": (0.48, 0.0)}
RAMSEY = {  # service: user price and second-best user price, VND
    "commune_consultation": (12e3, 18e3),
    "hospital_outpatient_visit": (126e3, 151.2e3),
    "inpatient_stay": (1.66e6, 1.328e6),
}
SELECTION = {  # option: chosen, keeps, gap and its ends, cost and its ends, per case and its ends
    "full_cost_2030": (0, 0, (0.006, 0.004, 0.008), (-2.1e12, -2.3e12, -1.9e12), ("", "", "")),
    "full_cost_protected": (1, 1, (-0.002, -0.004, -0.001), (-1.6e12, -1.9e12, -1.3e12),
                            (410e6, 320e6, 500e6)),
}  # fmt: skip
SELECTION_COLUMNS = (
    "scenario", "chosen", "keeps", "gap", "gap_low", "gap_high", "cost", "cost_low", "cost_high",
    "per_avoided", "per_avoided_low", "per_avoided_high", "indicator", "dimension", "key", "year",
    "unit_of_measure", "cost_indicator",
)  # fmt: skip
Values = dict[tuple[str, str, str, str], np.ndarray]  # address → (future, year)


def values() -> Values:
    """Indicator, dimension, key, scenario → made-up outcomes (future, year), chance shared."""
    made: Values = {}
    for scenario, (push, speed) in PACE.items():
        draws = np.random.default_rng(7)  # the same futures for every scenario
        time = (YEARS - 2025) / 10
        path = push * np.clip(time * max(speed, 0.3) * 1.7, 0, 1)
        growth = (1 + draws.normal(0.055, 0.006, (FUTURES, 1))) ** (YEARS - 2025)
        effect = draws.normal(1.0, 0.25, (FUTURES, 1)) * path
        for item in (
            _money(growth, effect),
            _prices(growth, path),
            _payers(draws, effect),
            _quintiles(draws, growth, (scenario, effect)),
            _use(draws, (scenario, effect)),
            _surplus(effect, scenario),
            _lots(draws, growth, push),
            households(draws, effect),
            staff(draws, effect),
            owners(draws, effect),
            places(draws, effect),
        ):
            made |= {(*address, scenario): outcome for address, outcome in item.items()}
    return made


def _money(growth, effect) -> dict[tuple[str, str, str], np.ndarray]:
    level = 12.4e12 * growth
    turn = np.linspace(1, -0.4, YEARS.size)
    return {
        ("outlay", "all", ""): level * (1 - 0.045 * effect),
        ("net_public_cost", "all", ""): 13.1e12 * growth * (1 - 0.012 * effect),
        ("fund_reserve", "all", ""): 49e12 * turn * (2 - growth / 1.1) - 14e12 * effect,
        ("fund_deficit", "all", ""): np.where(effect + turn < 1.0, 1.0, 0.0),
        ("envelope_use", "all", ""): 1.0 + 0.1 * effect,
        ("budget_arrears", "all", ""): 5e12 * np.abs(effect) * growth,
        ("units_cash", "all", ""): 4e12 * growth * (1 - 0.3 * effect),
        ("outlay", "line", "capital"): 1e12 * growth * (1 - 0.5 * effect),
        ("asset_age", "all", ""): 0.5 + 0.05 * effect,
        ("quality", "all", ""): 0.87 - 0.04 * effect,
        ("use_rate", "need", "ambulatory"): 2.1 * (1 - 0.01 * effect) + 0 * growth,
        ("fund_net_position", "all", ""): -0.9e12 * growth + 0.3e12 - 0.6e12 * effect,
    }


def _prices(growth, path) -> dict[tuple[str, str, str], np.ndarray]:
    made = {}
    for service, (start, shares) in PRICES.items():
        full = start * growth / (shares[0] + shares[1])
        included = (1.0, 1.0, np.clip(path * 1.4, 0, 1), np.clip(path * 1.1, 0, 1))
        names = ("direct", "labour", "management", "depreciation")
        parts = {
            name: full * share * of for name, share, of in zip(names, shares, included, strict=True)
        }
        for name, part in parts.items():
            made["price_component", "service*component", f"{service}*{name}"] = part
        total = sum(parts.values())
        made["service_price", "service", service] = total
        made["full_cost_ratio", "service", service] = total / full
    return made


def _payers(draws, effect) -> dict[tuple[str, str, str], np.ndarray]:
    made = {}
    for sector, (household, fund) in SHARES.items():
        wobble = draws.normal(0, 0.01, (FUTURES, 1))
        own = household + wobble + (0.02 + 0.03 * household) * effect
        parts = {"household": own, "fund": fund + 0 * own, "budget": 1 - own - fund}
        for payer, share in parts.items():
            made["payer_share", "sector*payer", f"{sector}*{payer}"] = share
    made["payer_share", "payer", "household"] = 0.36 + 0.03 * effect
    return made


def _quintiles(draws, growth, scenario) -> dict[tuple[str, str, str], np.ndarray]:
    name, effect = scenario
    protected = np.array([0.1, 0.3, 1, 1, 1]) if name == "full_cost_protected" else np.ones(5)
    made = {}
    for place, start in enumerate((0.98e6, 1.32e6, 1.71e6, 2.23e6, 3.35e6)):
        noise = draws.normal(1, 0.04, (FUTURES, 1))
        burden = 1 + (0.07 - 0.006 * place) * effect * protected[place]
        made["out_of_pocket", "quintile", str(place + 1)] = start * growth * noise * burden
    made["out_of_pocket", "all", ""] = sum(made.values()) / 5
    return made


def _surplus(effect, scenario) -> dict[tuple[str, str, str], np.ndarray]:
    """Users lose by dearer prices, more in towns and the richer they are; protection pays some."""
    made = {}
    for weight, kind in enumerate(("disadvantaged", "rural", "urban"), 1):
        for quintile in range(1, 6):
            gain = 90e3 if scenario == "full_cost_protected" and quintile <= 2 else 0.0
            path = -30e3 * weight * (1 + quintile / 5) * effect + gain * np.abs(effect)
            key = f"{kind}*{quintile}"
            made["user_surplus_per_resident", "place_kind*quintile", key] = path
    made["user_surplus_per_resident", "all", ""] = sum(made.values()) / 15
    return made


def _use(draws, scenario) -> dict[tuple[str, str, str], np.ndarray]:
    name, effect = scenario
    made = {}
    for indicator, needs in NEEDS.items():
        for weight, (need, level) in enumerate(needs.items()):
            for quintile in range(1, 6):
                noise = draws.normal(0, 0.012, (FUTURES, 1))
                shield = 0.3 if name == "full_cost_protected" and quintile <= 2 else 1.0
                fall = 0.004 * (1 + weight % 4) * (6 - quintile) / 3 * shield
                made[indicator, DIMENSION[indicator], f"{need}*{quintile}"] = (
                    level * (0.8 + 0.07 * quintile) * (1 + noise) * (1 - fall * effect)
                )
    return made


def _lots(draws, growth, push) -> dict[tuple[str, str, str], np.ndarray]:
    """Lots that cost less, fail more often and are served less well the larger `push` is."""
    noise = draws.normal(1, 0.1, (FUTURES, YEARS.size))
    many = 100.0 + 0 * noise
    return {
        ("outlay", "line", "lots"): 1.9e11 * growth * (1 - 0.06 * push * noise),
        ("lot_administration", "all", ""): 1.2e9 * growth * (1 + push * noise),
        ("award_over_ceiling", "all", ""): 0.98 - 0.05 * push * noise,
        ("lot_saving", "all", ""): 0.01 + 0.03 * push * noise,
        ("lot_quality", "all", ""): 0.86 - 0.02 * push * noise,
        ("awarded_lots", "all", ""): many,
        ("tendered_lots", "all", ""): many * max(push, 0.0),
        ("failed_lots", "all", ""): 8 * max(push, 0.0) * noise,
        ("defaulted_lots", "all", ""): 3 * max(push, 0.0) * noise,
        ("interruption_days", "all", ""): 240 * max(push, 0.0) * noise,
    }


COUNTED = {
    "interruption_days": "days",
    "public_staff_lost": "people",
    "entries": "projects",
    "exits": "projects",
    "declined_for_return": "reviews",
    "declined_for_rivals": "reviews",
    "declined_for_staff": "reviews",
} | dict.fromkeys(("awarded_lots", "tendered_lots", "failed_lots", "defaulted_lots"), "lots")
SHARES_OF_ONE = (
    "catastrophic_headcount", "payments_over_consumption", "payment_curve",
    "full_cost_ratio", "payer_share", "enrolment_rate", "award_over_ceiling", "lot_saving",
    "lot_quality", "fund_deficit", "envelope_use", "asset_age", "quality", "vacancy_rate",
    "quit_rate", "non_public_share", "non_public_capacity_share", "non_public_payment_share",
    "non_public_share_made",
)  # fmt: skip


def unit_of(indicator: str) -> str:
    """Unit of measurement as the indicators declare it."""
    if indicator in COUNTED:
        return COUNTED[indicator]
    if indicator in ("out_of_pocket", "user_surplus_per_resident"):
        return "VND per resident and year"
    if indicator in SHARES_OF_ONE:
        return "share"
    if indicator == "payment_concentration":
        return "index"
    return "episodes per person at risk and year" if indicator == "use_rate" else "VND"


def rows(made: Values) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Rows of summary.csv and of comparison.csv."""
    summary, comparison = [], []
    for (indicator, dimension, key, scenario), outcome in sorted(made.items(), key=_order):
        start = {
            "scenario": scenario, "indicator": indicator, "dimension": dimension, "key": key,
            "unit_of_measure": unit_of(indicator),
        }  # fmt: skip
        against = outcome - made[indicator, dimension, key, BASELINE]
        for place, year in enumerate(YEARS):
            level, change = spread(outcome[:, place]), spread(against[:, place])
            ends = {"year": str(year), "n": str(float(FUTURES * REPLICATIONS))}
            summary.append(start | ends | {name: repr(cell) for name, cell in level.items()})
            change["difference"] = change.pop("mean")
            del change["p50"]
            below = np.mean(against[:, place] < 0) + np.mean(against[:, place] == 0) / 2
            change["probability_lower"] = float(np.clip(below, 1 / 33, 32 / 33))
            comparison.append(
                start
                | ends
                | {"baseline": BASELINE}
                | {name: repr(cell) for name, cell in change.items()}
            )
    return summary, comparison


def _order(item: tuple[tuple[str, str, str, str], np.ndarray]) -> tuple[str, str, str]:
    (indicator, dimension, _, scenario), _ = item
    return scenario, indicator, dimension


def spread(sample: np.ndarray) -> dict[str, float]:
    """Mean, band and interval of one year over futures, worked out without the package."""
    means = sample.reshape(SCRAMBLINGS, -1).mean(axis=1)
    half = 2.36 * means.std(ddof=1) / np.sqrt(SCRAMBLINGS)
    p05, p50, p95 = np.quantile(sample, (0.05, 0.5, 0.95))
    return {
        "mean": float(sample.mean()), "p05": float(p05), "p50": float(p50), "p95": float(p95),
        "estimate_low": float(means.mean() - half), "estimate_high": float(means.mean() + half),
    }  # fmt: skip


def write_run(folder: Path, made: Values) -> None:
    """Both tables as a run folder holds them: UTF-8 with BOM."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in zip(("summary", "comparison"), rows(made), strict=True):
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(lines[0]))
            writer.writeheader()
            writer.writerows(lines)


def write_selection(folder: Path, options) -> None:
    """A choice between options as a run folder holds it."""
    about = ("catastrophic_headcount", "threshold*quintile", "capacity_40*1", 2035, "share")
    with (folder / "selection.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(SELECTION_COLUMNS)
        for name, (chosen, keeps, gap, cost, case) in options.items():
            cells = (name, chosen, keeps, *gap, *cost, *case, *about, "net_public_cost")
            writer.writerow(cells)


def write_further(folder: Path) -> None:
    """What a run folder holds besides its tables: a choice between options, second-best prices."""
    lines = ["scenario,service,user_price,second_best"]
    for scenario in PACE:
        lines += [f"{scenario},{name},{own},{best}" for name, (own, best) in RAMSEY.items()]
    write_selection(folder, SELECTION)
    (folder / "ramsey.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def made_tables(folder: Path, made: Values) -> Tables:
    """The made-up run written and read back."""
    write_run(folder, made)
    write_further(folder)
    return read_tables(folder, titles=TITLES, assumed_share=0.46)


def csv_rows(folder: Path, name: str) -> Iterator[Mapping[str, str]]:
    """The lines of a table, read without the package."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)
