"""Numbers, rates and amounts of dong in text, as Vietnamese and English readers write them.

A unit word decides how separators are read: "1.850 tỷ đồng" is Vietnamese, "1,850 billion VND" is
English. Where no word decides and both readings make sense, the text is refused and both are shown.
"""

import re
from dataclasses import dataclass
from math import isfinite, isnan
from unicodedata import normalize

SEPARATORS = {"vi": (".", ","), "en": (",", ".")}  # thousands, decimal

_SCALES = {
    "vi": (("tỷ", 1e9), ("triệu", 1e6), ("nghìn", 1e3), ("", 1.0)),
    "en": (("billion", 1e9), ("million", 1e6), ("thousand", 1e3), ("", 1.0)),
}
_CURRENCY = {"vi": "đồng", "en": "VND"}
_WORDS = {  # word: (language it decides, factor)
    "tỷ": ("vi", 1e9),
    "tỉ": ("vi", 1e9),
    "triệu": ("vi", 1e6),
    "nghìn": ("vi", 1e3),
    "ngàn": ("vi", 1e3),
    "billion": ("en", 1e9),
    "million": ("en", 1e6),
    "thousand": ("en", 1e3),
}
_CURRENCIES = {"đồng": "vi", "₫": "", "vnd": ""}
_PERIODS = {
    "tháng": ("vi", "month"),
    "năm": ("vi", "year"),
    "ngày": ("vi", "day"),
    "lượt": ("vi", "visit"),
    "đợt": ("vi", "stay"),
    "người": ("vi", "person"),
    "học sinh": ("vi", "pupil"),
    "month": ("en", "month"),
    "year": ("en", "year"),
    "day": ("en", "day"),
    "visit": ("en", "visit"),
    "stay": ("en", "stay"),
    "person": ("en", "person"),
    "pupil": ("en", "pupil"),
}
_TEXT = re.compile(r"(?P<number>[-−+]?[\d.,]*\d)\s*(?P<words>[^\d/]*?)\s*(?P<per>(?:/[^\d/]+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    number: str
    language: str
    factor: float
    period: str


def parse_amount(text: str, per: str = "") -> float:
    """VND in a text such as "1.850 tỷ đồng", "450 nghìn đồng/tháng" or "2.5 million VND".

    Parameters
    ----------
    text
        Number, scale, currency and, where it applies, what the amount is paid for.
    per
        What the amount must be paid for if the text says so: `month`, `year`, …; blank: anything.

    Raises
    ------
    ValueError
        If the currency is missing or the number can be read in two ways; the text shows both.
    """
    number, words, periods = _split(text)
    scale, currency = _scale_and_currency(words)
    if currency is None:
        raise ValueError(
            f"{text!r} has no unit; write {_both(number, scale or '', ' đồng', ' VND')}"
        )
    decided = [_WORDS[scale][0]] if scale else []
    decided += [_CURRENCIES[currency]] + [_PERIODS[period][0] for period in periods]
    reading = _Reading(
        number=number,
        language=_language(text, decided),
        factor=_WORDS[scale][1] if scale else 1.0,
        period=_PERIODS[periods[-1]][1] if periods else "",
    )
    return _value(text, reading, per)


def parse_rate(text: str, per: str = "") -> float:
    """Fraction in a text such as "7,5 %/năm", "20 %" or "6.5 % / year".

    Raises
    ------
    ValueError
        If the percent sign is missing or the number can be read in two ways.
    """
    number, words, periods = _split(text)
    if words != "%":
        raise ValueError(f"{text!r} has no unit; write {_both(number, '', ' %', ' %')}")
    reading = _Reading(
        number=number,
        language=_language(text, [_PERIODS[period][0] for period in periods]),
        factor=0.01,
        period=_PERIODS[periods[-1]][1] if periods else "",
    )
    return _value(text, reading, per)


def format_number(value: float, language: str, digits: int = 0) -> str:
    """A number with thousands and decimals as the language writes them: 1.234.567,8."""
    if isnan(value):
        return "–"
    if not isfinite(value):
        return "∞" if value > 0 else "-∞"
    thousands, decimal = SEPARATORS[language]
    text = f"{round(value, digits) + 0.0:,.{digits}f}"
    return text.translate(str.maketrans({",": thousands, ".": decimal}))


def format_rate(rate: float, language: str, digits: int = 1) -> str:
    """A fraction as percent: 7,5 % in Vietnamese, 7.5 % in English."""
    return f"{format_number(100.0 * rate, language, digits)} %"


def format_amount(vnd: float, language: str) -> str:
    """VND on the largest scale that leaves a whole part, three digits at least: 2,34 triệu đồng."""
    size = abs(vnd) if isfinite(vnd) else 0.0
    scale, factor = next(
        (word, factor) for word, factor in _SCALES[language] if size >= factor or factor == 1.0
    )
    scaled = vnd / factor
    digits = 2 if abs(scaled) < 10 else 1 if abs(scaled) < 100 else 0
    number = format_number(scaled, language, digits)
    decimal = SEPARATORS[language][1]
    if decimal in number:
        number = number.rstrip("0").rstrip(decimal)
    return " ".join(part for part in (number, scale, _CURRENCY[language]) if part)


def _split(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Number, unit words and what follows the slashes, of one amount in text."""
    plain = normalize("NFC", text).casefold().strip()
    found = _TEXT.fullmatch(plain)
    if found is None:
        raise ValueError(f"{text!r} is no amount; write one such as '1.850 tỷ đồng' or '7,5 %/năm'")
    periods = tuple(part.strip() for part in found["per"].split("/")[1:])
    unknown = [period for period in periods if period not in _PERIODS]
    if unknown:
        raise ValueError(f"{text!r}: '/{unknown[0]}' is not one of {', '.join(_PERIODS)}")
    return found["number"].replace("−", "-"), " ".join(found["words"].split()), periods


def _scale_and_currency(words: str) -> tuple[str | None, str | None]:
    parts = words.split()
    scale = parts.pop(0) if parts and parts[0] in _WORDS else None
    currency = parts.pop(0) if parts and parts[0] in _CURRENCIES else None
    if parts:
        known = ", ".join((*_WORDS, *_CURRENCIES))
        raise ValueError(f"unit {words!r} is not known; the words are {known}")
    return scale, currency


def _language(text: str, decided: list[str]) -> str:
    languages = sorted({language for language in decided if language})
    if len(languages) > 1:
        raise ValueError(f"{text!r} mixes Vietnamese and English words; keep to one language")
    return languages[0] if languages else ""


def _value(text: str, reading: _Reading, per: str) -> float:
    if per and reading.period and reading.period != per:
        raise ValueError(f"{text!r} is per {reading.period}; this key takes an amount per {per}")
    languages = (reading.language,) if reading.language else tuple(SEPARATORS)
    values = {
        value
        for value in (_strict(reading.number, lang) for lang in languages)
        if value is not None
    }
    if len(values) != 1:
        raise ValueError(
            f"{text!r} can be read in two ways; write {_both(reading.number, '', '', '')}"
        )
    return values.pop() * reading.factor


def _strict(number: str, language: str) -> float | None:
    """The number if its separators stand where the language puts them, else None."""
    thousands, decimal = (re.escape(sign) for sign in SEPARATORS[language])
    pattern = rf"[-+]?(\d+|\d{{1,3}}({thousands}\d{{3}})+)({decimal}\d+)?"
    return _loose(number, language) if re.fullmatch(pattern, number) else None


def _loose(number: str, language: str) -> float | None:
    thousands, decimal = SEPARATORS[language]
    try:
        return float(number.replace(thousands, "").replace(decimal, "."))
    except ValueError:
        return None


def _both(number: str, scale: str, vietnamese: str, english: str) -> str:
    """Both readings of a number, each spelt as its language writes it."""
    choices = []
    for language, unit in (("vi", vietnamese), ("en", english)):
        value = _loose(number, language)
        if value is not None:
            choices.append(f"'{_plain(value, language)}{unit}' ({language}: {value:,.15g})")
    return " or ".join(choices)


def _plain(value: float, language: str) -> str:
    digits = max(0, len(f"{value:.10f}".rstrip("0").split(".")[1]))
    return format_number(value, language, digits)
