"""Settings that every test shares."""

import pytest
from hypothesis import settings

# Other work on the machine must not turn a property test into a timed test.
settings.register_profile("default", deadline=None)
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden files anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
