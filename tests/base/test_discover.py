"""What a folder offers is found by its mark, and what would confuse a reader is refused."""

import sys
from inspect import isclass
from itertools import count
from types import SimpleNamespace

import pytest

from pricing.base.discover import discover
from pricing.base.errors import PricingError

NUMBERS = count()


def by_kind(item):
    kind = getattr(item, "kind", None)
    return kind if isinstance(kind, str) else None


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package in a folder of its own; call it with the text of each module."""
    monkeypatch.syspath_prepend(tmp_path)

    def build(**modules):
        name = f"toy_package_{next(NUMBERS)}"
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text('"""Toys."""')
        for module, text in modules.items():
            (tmp_path / name / f"{module}.py").write_text(text)
        return name

    return build


ONE = '"""One."""\nclass One:\n    kind = "one"\n'
TWO = '"""Two."""\nclass Two:\n    kind = "two"\n'


def test_kinds_come_in_order_of_module_names(package):
    name = package(b=ONE, a=TWO, c='"""Nothing."""\nkind = 3\n')
    found = discover(name, by_kind)
    assert list(found) == ["two", "one"]
    assert isclass(found["one"])


def test_private_modules_are_passed_over(package):
    assert discover(package(_desk="1 / 0", a=ONE), by_kind).keys() == {"one"}


def test_imported_objects_count_once(package):
    first = package(a=ONE)
    borrowed = f'"""Uses another."""\nfrom {first}.a import One\n'
    second = package(b=borrowed + 'class Own:\n    kind = "two"\n')
    assert discover(second, by_kind, one_each=True).keys() == {"two"}


def test_a_value_imported_by_a_neighbour_is_no_second_one(package, tmp_path):
    name = package(
        a='"""A value."""\nfrom types import SimpleNamespace\nX = SimpleNamespace(kind="x")\n'
    )
    (tmp_path / name / "b.py").write_text(f'"""Uses it."""\nfrom {name}.a import X\n')
    assert discover(name, by_kind).keys() == {"x"}


def test_instances_carry_marks_too(package):
    text = '"""A value."""\nfrom types import SimpleNamespace\nX = SimpleNamespace(kind="health")\n'
    assert discover(package(health=text), by_kind) == {"health": SimpleNamespace(kind="health")}


def test_a_module_without_docstring_is_refused(package):
    with pytest.raises(PricingError, match="no docstring"):
        discover(package(a='class One:\n    kind = "one"\n'), by_kind)


def test_one_kind_in_two_modules_is_refused(package):
    with pytest.raises(PricingError, match=r"'one' is in both .*\.a and .*\.b"):
        discover(package(a=ONE, b=ONE), by_kind)


def test_two_instruments_in_one_module_are_refused(package):
    name = package(a=ONE + 'class Other:\n    kind = "other"\n')
    assert discover(name, by_kind).keys() == {"one", "other"}
    with pytest.raises(PricingError, match="more than one"):
        discover(name, by_kind, one_each=True)


def test_a_folder_added_to_the_package_path_is_scanned(package, tmp_path, monkeypatch):
    name = package(a=ONE)
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "toy.py").write_text(TWO)
    assert discover(name, by_kind).keys() == {"one"}
    monkeypatch.setattr(sys.modules[name], "__path__", [*sys.modules[name].__path__, str(extra)])
    assert discover(name, by_kind).keys() == {"one", "two"}
