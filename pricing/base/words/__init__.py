"""Every word a user reads: one table a language, sections by folder, labels by kind of id."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; keys are dotted paths such as `cli.done`."""

    language: str
    table: Mapping[str, str]

    def text(self, key: str, fields: Mapping[str, object] | None = None) -> str:
        """The sentence at `key` with its `{placeholders}` filled from `fields`.

        Raises
        ------
        KeyError
            If the key is not in the table or a placeholder is not in `fields`.
        """
        sentence = self.table[key]
        return sentence.format_map(fields) if fields is not None else sentence

    def label(self, kind: str, identifier: str) -> str:
        """The name of an id of some kind, such as `label("service", "inpatient_stay")`."""
        return self.table[f"label.{kind}.{identifier}"]

    def key(self, dimension: str, key: str) -> str:
        """The name of a key such as `urban` or `primary*1`; an id of a city's own as it stands."""
        pairs = zip(dimension.split("*"), key.split("*"), strict=True)
        return ", ".join(self.table.get(f"label.{axis}.{part}", part) for axis, part in pairs)


@cache
def words(language: str) -> Words:
    """The words of a language, `vi` or `en`; read once from its table."""
    if language not in LANGUAGES:
        raise KeyError(f"no words in language {language!r}; there are {', '.join(LANGUAGES)}")
    text = files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return Words(language=language, table=dict(_flat(tomllib.loads(text), "")))


def _flat(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
