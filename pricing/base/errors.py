"""The exceptions of this package, and the list that collects problems of input before raising once.

PricingError
├── InputError          a scenario, study or city cannot be used; carries every problem found
│   └── ConflictError   two instruments claim one cell of a lever that takes one proposer
├── InvariantError      an account or a stock does not add up in a month of a trial
└── NoEquilibriumError  bids of a tender among types that are no equilibrium; beside their solver
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pricing.base.words import words


class PricingError(Exception):
    """Root of all exceptions that this package raises on purpose."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the words tables, said in the reader's language when it is printed."""

    key: str
    fields: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """The sentence in a language."""
        return words(language).text(self.key, dict(self.fields))

    def __str__(self) -> str:
        """The sentence in English."""
        return self.text("en")


def phrase(key: str, *values: object) -> Phrase:
    """The sentence of a key, its placeholders a, b, c … filled in the order of the values."""
    return Phrase(
        key, tuple((name, str(value)) for name, value in zip("abc", values, strict=False))
    )


class Unreadable(ValueError):  # noqa: N818 - says what the value is
    """A value that cannot be read; `phrase` says why in the reader's language."""

    def __init__(self, key: str, fields: Mapping[str, object] | None = None) -> None:
        self.phrase = Phrase(key, tuple((name, str(one)) for name, one in (fields or {}).items()))
        super().__init__(key, fields)

    def __str__(self) -> str:
        """The reason in English."""
        return self.phrase.text("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in an input file: where, what was read, what is allowed, what to do.

    `is_legal`: it contradicts the law of its day, though the model can go on with it.
    """

    file: str
    line: int | None
    key: str
    read: str | Phrase
    allowed: str | Phrase
    nearest: str | None = None
    advice: str | Phrase = ""
    is_legal: bool = False

    def text(self, language: str = "en") -> str:
        """One line such as `base.toml:14, instruments.wages.growht: read …; did you mean …?`."""
        word = words(language)
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        read = said(self.read, language)
        parts = [word.text("base.problem_read", {"read": read})] if read else []
        if self.allowed:
            allowed = said(self.allowed, language)
            parts.append(word.text("base.problem_allowed", {"allowed": allowed}))
        if self.nearest is not None:
            parts.append(word.text("base.problem_nearest", {"nearest": self.nearest}))
        if self.advice:
            parts.append(said(self.advice, language))
        where = f"{place}, {self.key}" if self.key else place
        return f"{where}: {'; '.join(parts)}"


def said(part: str | Phrase, language: str) -> str:
    """A part of a problem in a language; what the user wrote stands as it is."""
    return part if isinstance(part, str) else part.text(language)


class InputError(PricingError):
    """Input that cannot be used; `problems` lists everything that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        # args repeat the constructor's argument: pickling between processes needs that
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems in English, one a line."""
        return "\n".join(problem.text("en") for problem in self.problems)


class ConflictError(InputError):
    """Two instruments propose to one cell of a lever that takes one proposer."""


class InvariantError(PricingError):
    """An account or stock that does not add up: its name, the month as text, the amount missing."""

    def __init__(self, name: str, month: str, amount: float) -> None:
        self.name = name
        self.month = month
        self.amount = amount
        super().__init__(name, month, amount)

    def __str__(self) -> str:
        """Account or stock, month and amount in one sentence."""
        return f"{self.name} does not add up in {self.month}: off by {self.amount:.6g}"


class Problems:
    """Collects problems of input while loading goes on, and raises them all at once."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(  # noqa: PLR0913 - the fields of a Problem, one keyword each
        self,
        *,
        file: str,
        line: int | None,
        key: str,
        read: str | Phrase,
        allowed: str | Phrase,
        nearest: str | None = None,
        advice: str | Phrase = "",
    ) -> None:
        """Note one problem; loading continues."""
        self._found.append(
            Problem(
                file=file,
                line=line,
                key=key,
                read=read,
                allowed=allowed,
                nearest=nearest,
                advice=advice,
            )
        )

    def extend(self, others: Iterable[Problem]) -> None:
        """Take over the problems that another loader found."""
        self._found.extend(others)

    def raise_if_any(self) -> None:
        """Raise one InputError with everything noted so far; nothing noted, nothing happens."""
        if self._found:
            raise InputError(self._found)

    def __bool__(self) -> bool:
        """Whether anything was noted."""
        return bool(self._found)

    def __len__(self) -> int:
        """How many problems were noted."""
        return len(self._found)

    def __iter__(self) -> Iterator[Problem]:
        """The problems in the order they were noted."""
        return iter(self._found)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like a mistyped word, or None if none is close."""
    close = get_close_matches(word, list(candidates), n=1)
    return close[0] if close else None
