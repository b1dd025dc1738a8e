"""The kinds of instruments there are, found by scanning this folder."""

from functools import cache
from inspect import getdoc, isclass
from typing import get_args

from pricing.base.discover import discover
from pricing.instruments._instrument import Instrument


def kind_of(item: object) -> str | None:
    """The kind of an instrument class: the one literal its key `kind` takes; None for others."""
    if not isclass(item) or not issubclass(item, Instrument) or "kind" not in item.model_fields:
        return None
    return str(get_args(item.model_fields["kind"].annotation)[0])


@cache
def instrument_kinds() -> dict[str, type[Instrument]]:
    """Instrument classes by kind."""
    found = discover("pricing.instruments", kind_of, one_each=True)
    return {
        kind: model
        for kind, model in found.items()
        if isclass(model) and issubclass(model, Instrument)
    }


def documentation(kind: str) -> str:
    """What an instrument does, in one paragraph."""
    return (getdoc(instrument_kinds()[kind]) or "").strip()
