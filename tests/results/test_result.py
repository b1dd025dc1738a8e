"""The result in memory: reported years, named axes, futures that finished."""

from dataclasses import replace

import numpy as np
import pytest

from tests.results.tables import AXES, SPAN, result


def test_labelled_leaves_the_warm_up_out() -> None:
    found = result()
    volume = found.labelled("volume", "base")
    assert volume.axes == ("service", "quintile")
    assert np.array_equal(volume.values, found.array("volume", "base")[:, :, 1:])
    assert volume.values.shape == (4, 2, 2, 3, 2)


def test_a_monthly_quantity_is_not_labelled() -> None:
    with pytest.raises(KeyError, match="claims_month is not yearly"):
        result().labelled("claims_month", "base")


def test_complete_futures_are_those_where_every_replication_finished() -> None:
    found = result()
    finished = {name: array.copy() for name, array in found.finished.items()}
    finished["base"][1, 0] = False
    finished["other"][3, 1] = False
    found = replace(found, finished=finished)
    assert found.complete("base").tolist() == [0, 2, 3]
    assert found.complete("base", "other").tolist() == [0, 2]


def test_shapes_and_years() -> None:
    assert AXES.shape("volume") == (3, 3, 2)
    assert SPAN.years == (2026, 2027)
    assert SPAN.futures == 4
