"""Folder scan: what a package's modules offer, found by a mark instead of a list."""

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import isclass, isfunction
from types import ModuleType

from pricing.base.errors import PricingError


def discover(
    package_name: str, mark: Callable[[object], str | None], *, one_each: bool = False
) -> dict[str, object]:
    """Everything marked in the modules of a package folder, by kind, modules in order of name.

    Parameters
    ----------
    package_name
        Dotted name; modules whose name begins with `_` are passed over.
    mark
        The kind of an object that counts, None for any other.
    one_each
        Refuse a module that holds more than one marked object.

    Raises
    ------
    PricingError
        If a module has no docstring, a kind appears twice, or `one_each` is broken.
    """
    found: dict[str, object] = {}
    origin: dict[str, str] = {}
    for module in _modules(package_name):
        marked = _marked(module, mark)
        if one_each and len(marked) > 1:
            kinds = ", ".join(kind for kind, _ in marked)
            raise PricingError(f"{module.__name__} holds more than one object: {kinds}; split it")
        for kind, item in marked:
            if found.get(kind, item) is not item:
                raise PricingError(f"{kind!r} is in both {origin[kind]} and {module.__name__}")
            origin.setdefault(kind, module.__name__)
            found[kind] = item
    return found


def _modules(package_name: str) -> Iterator[ModuleType]:
    package = import_module(package_name)
    for name in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
        if name.startswith("_"):
            continue
        module = import_module(f"{package_name}.{name}")
        if not (module.__doc__ or "").strip():
            raise PricingError(f"{module.__name__} has no docstring; say in one line what it is")
        yield module


def _marked(module: ModuleType, mark: Callable[[object], str | None]) -> list[tuple[str, object]]:
    marked: list[tuple[str, object]] = []
    for item in vars(module).values():
        imported = (isclass(item) or isfunction(item)) and item.__module__ != module.__name__
        kind = None if imported else mark(item)
        if kind is not None and all(item is not other for _, other in marked):
            marked.append((kind, item))
    return marked
