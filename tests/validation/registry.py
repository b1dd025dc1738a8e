"""Adapters by family and shape of the validation cases, each file of adapters with its own."""

from collections.abc import Callable


class Adapters(dict[tuple[str, frozenset[str]], Callable[..., dict[str, object]]]):
    """(family, keys of `params`) → function from `params` to a dict with the keys of `expected`."""

    def adapter(self, family, *shape):
        """Mark a function as the adapter of a family whose `params` have these keys."""

        def register(function):
            self[family, frozenset(shape)] = function
            return function

        return register

    def find(self, case_id, params):
        """The adapter of a case, or None: the longest family the id belongs to, with its shape."""
        parts = case_id.split(".")
        families = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
        shape = frozenset(params)
        return next((self[f, shape] for f in families if (f, shape) in self), None)
