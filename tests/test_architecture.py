"""The house stands as it was drawn, and each check is able to see a breach."""

from pathlib import Path

import pytest

from tests import architecture
from tests.architecture import module

ROOT = Path(__file__).parents[1]
PACKAGE = architecture.modules(ROOT, "pricing")
TESTS = architecture.modules(ROOT, "tests")

CHECKS = (
    architecture.layer_breaches,
    architecture.import_cycles,
    architecture.long_modules,
    architecture.long_bodies,
    architecture.simpy_in_equations,
    architecture.prints,
    architecture.global_chance,
    architecture.bare_exceptions,
    architecture.undocumented,
    architecture.open_keywords,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_package(check):
    assert check(PACKAGE) == []


def test_tests_keep_to_the_same_sizes_and_give_reasons():
    assert architecture.long_modules(TESTS) == []
    assert architecture.long_bodies(TESTS) == []
    assert architecture.bare_exceptions(TESTS) == []
    assert architecture.global_chance(TESTS) == []


def test_every_file_of_a_growing_folder_has_a_test():
    assert architecture.untested(ROOT) == []


def test_the_package_was_found():
    assert "pricing.base.errors" in {source.name for source in PACKAGE}


LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 51
DOCSTRING_FUNCTION = 'def f():\n    """' + "Long.\n" * 60 + '    """\n' + "    x = 1\n" * 50

BREACHES = [
    ("layer_breaches", "pricing.base.a", "from pricing.city import load"),
    ("layer_breaches", "pricing.instruments.a", "def f():\n    import pricing.engine.market"),
    ("layer_breaches", "pricing.study", "from pricing.cli import main"),
    ("layer_breaches", "pricing.utils", ""),
    ("import_cycles", "pricing.a", "import pricing.a"),
    ("long_modules", "pricing.a", "x = 1\n" * 401),
    ("long_bodies", "pricing.a", LONG_FUNCTION),
    ("simpy_in_equations", "pricing.equations.cost", "from simpy import Environment"),
    ("prints", "pricing.engine.market", "print(1)"),
    ("prints", "pricing.engine.market", "f(out=print)"),
    ("prints", "pricing.engine.market", "import sys\nsys.stdout.write('')"),
    ("global_chance", "pricing.a", "np.random.normal()"),
    ("global_chance", "pricing.a", "import numpy\nnumpy.random.seed(1)"),
    ("global_chance", "pricing.a", "from numpy.random import normal"),
    ("global_chance", "pricing.a", "import random"),
    ("global_chance", "pricing.a", "from random import choice"),
    ("bare_exceptions", "pricing.a", "x = 1  # noqa"),
    ("bare_exceptions", "pricing.a", "x = 1  # noqa: E501, F401"),
    ("bare_exceptions", "pricing.a", "x = 1  # type: ignore[arg-type]"),
    ("bare_exceptions", "pricing.a", "x = 1  # pragma: no cover"),
    ("undocumented", "pricing.a", ""),
    ("undocumented", "pricing.a", '"""A."""\ndef f():\n    pass'),
    ("undocumented", "pricing.a", '"""A."""\nclass A:\n    """B."""\n    def f(self): pass'),
    ("open_keywords", "pricing.a", "def f(**options): pass"),
]

CLEAN = [
    ("layer_breaches", "pricing.engine.a", "from pricing.base import b\nimport numpy"),
    ("layer_breaches", "pricing.engine.a", "from pricing.engine.b import c"),
    ("layer_breaches", "pricing.base.a", "from pricing import __version__"),
    ("import_cycles", "pricing.a", "import pricing.b"),
    ("long_modules", "pricing.a", "x = 1\n" * 400),
    ("long_bodies", "pricing.a", DOCSTRING_FUNCTION),
    ("simpy_in_equations", "pricing.world.a", "import simpy"),
    ("prints", "pricing.cli.run", "print(1)"),
    ("global_chance", "pricing.a", "np.random.Generator(np.random.Philox(1)).random()"),
    ("bare_exceptions", "pricing.a", "x = 1  # noqa: E501 - the citation is one line"),
    ("bare_exceptions", "pricing.a", "x = 1  # type: ignore[arg-type]  # stubs lack it"),
    ("bare_exceptions", "pricing.a", "x = '# noqa'"),
    ("undocumented", "pricing.a", '"""A."""\ndef _f(): pass'),
    ("open_keywords", "pricing.a", "def f(*, option): pass"),
]


@pytest.mark.parametrize(("check", "name", "text"), BREACHES)
def test_a_breach_is_seen(check, name, text):
    assert len(getattr(architecture, check)((module(name, text),))) == 1


@pytest.mark.parametrize(("check", "name", "text"), CLEAN)
def test_clean_code_passes(check, name, text):
    assert getattr(architecture, check)((module(name, text),)) == []


def test_a_cycle_over_three_modules_is_seen():
    ring = [("a", "b"), ("b", "c"), ("c", "a")]
    tree = tuple(module(f"pricing.{this}", f"from pricing import {that}") for this, that in ring)
    assert len(architecture.import_cycles(tree)) == 1
    assert architecture.import_cycles(tree[:2]) == []


def test_a_growing_file_without_test_is_seen(tmp_path):
    for path in ("pricing/charts/fan.py", "pricing/charts/_style.py", "tests/charts/test_bars.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    complaints = architecture.untested(tmp_path)
    assert complaints == ["pricing/charts/fan.py has no tests/charts/test_fan.py"]
    (tmp_path / "tests/charts/test_fan.py").touch()
    assert architecture.untested(tmp_path) == []
