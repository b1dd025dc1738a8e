import pytest

from pricing.city.arrays import frozen_flags, frozen_ints, positions


def test_positions_index_ids_and_mark_the_empty_one():
    assert positions(["b", "", "a"], ("a", "b")).tolist() == [1, -1, 0]


@pytest.mark.parametrize(
    "array", [frozen_ints([1]), frozen_flags([True]), positions(["a"], ("a",))]
)
def test_arrays_are_read_only(array):
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 0
