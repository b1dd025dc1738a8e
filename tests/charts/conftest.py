"""One made-up run, and every figure of it drawn once."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from matplotlib.figure import Figure

from pricing.charts._chart import charts
from pricing.charts._data import read_tables
from tests.charts.artists import Printed, printed
from tests.charts.chains import CHAIN, write_chain
from tests.charts.synthetic import TITLES, csv_rows, values, write_further, write_run


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("outputs") / "roadmaps-7f3a91"


@pytest.fixture(scope="session")
def tables(folder):
    made = values()
    write_run(folder, made)
    write_chain(folder, made)
    write_further(folder)
    return read_tables(folder, titles=TITLES, assumed_share=0.46, chains=(CHAIN,))


@pytest.fixture(scope="session")
def figures(tables) -> Mapping[tuple[str, str], Figure]:
    """Every chart in every language, by kind and language."""
    return {
        (kind, language): item(tables, language)
        for kind, item in charts().items()
        for language in ("vi", "en")
    }


@pytest.fixture(scope="session")
def pages(figures) -> Mapping[tuple[str, str], Printed]:
    """Every readable text of every figure and the box it fills."""
    return {key: printed(figure) for key, figure in figures.items()}


@pytest.fixture(scope="session")
def cells(tables, folder) -> Callable[..., list[float]]:
    """Numbers of a table as its CSV has them, read without the package; in order of year."""
    found: dict[tuple[str, ...], list[Mapping[str, str]]] = {}
    for name in ("summary", "comparison"):
        for row in csv_rows(folder, f"{name}.csv"):
            address = name, row["scenario"], row["indicator"], row["dimension"], row["key"]
            found.setdefault(address, []).append(row)

    def read(column: str, *address: str) -> list[float]:
        rows = sorted(found[address], key=lambda row: row["year"])
        return [float(row[column]) for row in rows]

    return read


@pytest.fixture(scope="session")
def years() -> list[float]:
    return np.arange(2026.0, 2036.0).tolist()
