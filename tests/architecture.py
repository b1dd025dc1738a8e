"""What the source tree must look like; each check takes modules and returns complaints."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

# A module imports from folders before its own, or from its own folder without a cycle.
LAYERS = (
    "base",
    "sectors",
    "city",
    "equations",
    "world",
    "results",
    "instruments",
    "scenario",
    "engine",
    "indicators",
    "compare",
    "charts",
    "reports",
    "study",
    "cli",
)
GROWING = ("sectors", "instruments", "indicators", "charts", "reports")
MODULE_LINES = 400
BODY_LINES = 50
RANDOM_TYPES = {"Generator", "SeedSequence", "Philox", "BitGenerator", "default_rng"}

_MARKER = re.compile(
    r"#\s*(noqa|type:\s*ignore|pragma:\s*no (?:cover|branch))(?P<rest>[^#]*)(?P<more>.*)"
)
_CODES = re.compile(r"^\s*(:\s*[A-Z]+\d+(\s*,\s*[A-Z]+\d+)*|\[[a-z\-, ]+\])?")


@dataclass(frozen=True)
class Module:
    """One source file, parsed."""

    name: str
    text: str
    tree: ast.Module

    @property
    def folder(self) -> str:
        """The folder or top module below the package: `engine` of `pricing.engine.market`."""
        return _folder(self.name)


def module(name: str, text: str) -> Module:
    """A module from its source text."""
    return Module(name=name, text=text, tree=ast.parse(text))


def modules(root: Path, package: str) -> tuple[Module, ...]:
    """Every module of a package folder below `root`, by name."""
    found = []
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(module(name, path.read_text(encoding="utf-8")))
    return tuple(found)


def imports(source: Module, known: set[str]) -> Iterator[str]:
    """Dotted names a module imports anywhere; submodules of `known` in full."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            for alias in node.names:
                full = f"{origin}.{alias.name}"
                yield full if full in known else origin


def layer_breaches(tree: tuple[Module, ...]) -> list[str]:
    """Imports that reach up, and folders that have no layer."""
    rank = {folder: place for place, folder in enumerate(LAYERS)} | {
        "": -1,
        "__main__": len(LAYERS),
    }
    known = {source.name for source in tree}
    complaints = [
        f"{source.name}: folder {source.folder!r} is no layer"
        for source in tree
        if source.folder not in rank
    ]
    for source in tree:
        for target in imports(source, known):
            reached = rank.get(_folder(target), -1) if target.startswith("pricing.") else -1
            if reached > rank.get(source.folder, len(LAYERS)):
                complaints.append(f"{source.name} imports {target} from a layer above its own")
    return complaints


def import_cycles(tree: tuple[Module, ...]) -> list[str]:
    """The first cycle among the modules' imports, if there is one."""
    known = {source.name for source in tree}
    graph = {
        source.name: {name for name in imports(source, known) if name in known} for source in tree
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" → ".join(error.args[1])]
    return []


def long_modules(tree: tuple[Module, ...]) -> list[str]:
    """Modules with more lines than a reader holds in mind."""
    return [
        f"{source.name}: {lines} lines"
        for source in tree
        if (lines := len(source.text.splitlines())) > MODULE_LINES
    ]


def long_bodies(tree: tuple[Module, ...]) -> list[str]:
    """Functions whose body, docstring left out, is too long."""
    complaints = []
    for source in tree:
        for node in _functions(source.tree):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > BODY_LINES:
                complaints.append(f"{source.name}.{node.name}: {lines} lines")
    return complaints


def simpy_in_equations(tree: tuple[Module, ...]) -> list[str]:
    """Equations that know of time's machinery."""
    return [
        f"{source.name} imports simpy"
        for source in tree
        if source.folder == "equations"
        and any(name.split(".")[0] == "simpy" for name in imports(source, set()))
    ]


def prints(tree: tuple[Module, ...]) -> list[str]:
    """Printing outside the command line."""
    return [
        f"{source.name}:{node.lineno}: {ast.unparse(node)}"
        for source in tree
        if source.folder not in ("cli", "__main__")
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "click.echo"))
    ]


def global_chance(tree: tuple[Module, ...]) -> list[str]:
    """Random numbers from a state that all code shares."""
    complaints = []
    for source in tree:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr not in RANDOM_TYPES:
                if ast.unparse(node.value) in ("np.random", "numpy.random"):
                    complaints.append(f"{source.name}:{node.lineno}: {ast.unparse(node)}")
            elif isinstance(node, ast.ImportFrom) and node.module == "numpy.random":
                names = {alias.name for alias in node.names} - RANDOM_TYPES
                complaints.extend(f"{source.name}:{node.lineno}: {name}" for name in sorted(names))
        if "random" in set(imports(source, set())):
            complaints.append(f"{source.name} imports random")
    return complaints


def untested(root: Path) -> list[str]:
    """Files of the growing folders without a test in the mirrored place."""
    return [
        f"{path.relative_to(root)} has no tests/{folder}/test_{path.name}"
        for folder in GROWING
        for path in sorted((root / "pricing" / folder).glob("*.py"))
        if not path.name.startswith("_")
        and not (root / "tests" / folder / f"test_{path.name}").is_file()
    ]


def bare_exceptions(tree: tuple[Module, ...]) -> list[str]:
    """Markers that silence a tool without saying why on the same line."""
    complaints = []
    for source in tree:
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            found = _MARKER.search(token.string) if token.type == tokenize.COMMENT else None
            if found is None:
                continue
            reason = _CODES.sub("", found["rest"]) + found["more"]
            if len(re.findall(r"[^\W\d_]{2,}", reason)) < 2:
                complaints.append(f"{source.name}:{token.start[0]}: {token.string}")
    return complaints


def undocumented(tree: tuple[Module, ...]) -> list[str]:
    """Modules, public classes and public functions without a docstring."""
    complaints = [source.name for source in tree if ast.get_docstring(source.tree) is None]
    for source in tree:
        complaints += [f"{source.name}.{name}" for name in _bare_definitions(source.tree, "")]
    return complaints


def open_keywords(tree: tuple[Module, ...]) -> list[str]:
    """Public functions that take any keyword."""
    return [
        f"{source.name}.{node.name}(**{node.args.kwarg.arg})"
        for source in tree
        for node in _functions(source.tree)
        if node.args.kwarg is not None and not node.name.startswith("_")
    ]


def _folder(name: str) -> str:
    return name.partition(".")[2].partition(".")[0]


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _bare_definitions(scope: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    for node in scope.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        overloaded = any(ast.unparse(mark) == "overload" for mark in node.decorator_list)
        if node.name.startswith("_") or overloaded:
            continue
        if ast.get_docstring(node) is None:
            yield prefix + node.name
        if isinstance(node, ast.ClassDef):
            yield from _bare_definitions(node, f"{prefix}{node.name}.")
