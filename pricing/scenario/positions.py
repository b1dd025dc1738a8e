"""Lines of a TOML text: where each key and table of a scenario file stands."""

from collections.abc import Iterator
from tomllib import loads

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

KeyPath = tuple[str, ...]

_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})
_TABLES = frozenset({"table", "table_array_element"})


def key_lines(text: bytes) -> dict[KeyPath, int]:
    """Line (from 1) of each key path of a TOML text that `tomllib` accepts.

    A table stands at its header, a dotted key also names its parents, and an entry of a list
    carries its index as a key. The first mention of a path counts.
    """
    tree = Parser(Language(tree_sitter_toml.language())).parse(text)
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    for node in tree.root_node.named_children:
        if node.type == "pair":
            _note_pair(node, (), lines)
        elif node.type in _TABLES:
            _note_table(node, lines, counts)
    return lines


def _note_table(node: Node, lines: dict[KeyPath, int], counts: dict[KeyPath, int]) -> None:
    """Note a `[table]` or the next entry of a `[[list of tables]]`, then its pairs."""
    header, *rest = node.named_children
    path = tuple(_names(header))
    for depth in range(1, len(path) + 1):
        _note(path[:depth], header, lines)
    if node.type == "table_array_element":
        counts[path] = counts.get(path, -1) + 1
        path = (*path, str(counts[path]))
        _note(path, header, lines)
    for child in rest:
        if child.type == "pair":
            _note_pair(child, path, lines)


def _note_pair(node: Node, above: KeyPath, lines: dict[KeyPath, int]) -> None:
    """Note one `key = value` and, from a stack, what stands inside its value."""
    stack: list[tuple[Node, KeyPath]] = [(node, above)]
    while stack:
        pair, parent = stack.pop()
        key, *values = (child for child in pair.named_children if child.type != "comment")
        path = (*parent, *_names(key))
        for depth in range(len(parent) + 1, len(path) + 1):
            _note(path[:depth], key, lines)
        stack.extend(reversed(list(_inner_pairs(values, path, lines))))


def _inner_pairs(
    values: list[Node], path: KeyPath, lines: dict[KeyPath, int]
) -> Iterator[tuple[Node, KeyPath]]:
    """Pairs of inline tables at or below `path`, entries of lists noted by their index."""
    stack = [(value, path) for value in values]
    while stack:
        value, here = stack.pop()
        if value.type == "inline_table":
            yield from ((child, here) for child in value.named_children if child.type == "pair")
        elif value.type == "array":
            entries = [child for child in value.named_children if child.type != "comment"]
            for index, entry in enumerate(entries):
                _note((*here, str(index)), entry, lines)
                stack.append((entry, (*here, str(index))))


def _note(path: KeyPath, node: Node, lines: dict[KeyPath, int]) -> None:
    lines.setdefault(path, node.start_point.row + 1)


def _names(key: Node) -> Iterator[str]:
    """Keys of a bare, quoted or dotted key, left to right."""
    stack = [key]
    while stack:
        node = stack.pop()
        text = (node.text or b"").decode()
        if node.type == "dotted_key":
            stack.extend(child for child in reversed(node.named_children) if child.type in _KEYS)
        elif node.type == "quoted_key":
            yield next(iter(loads(f"{text} = 0")))
        else:
            yield text
