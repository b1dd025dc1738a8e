"""Numbers, rates and amounts of dong in text, as Vietnamese and English readers write them.

A unit word decides how separators are read: "1.850 tỷ đồng" is Vietnamese, "1,850 billion VND" is
English. Where no word decides and both readings make sense, the text is refused and both are shown.
"""

import re
from dataclasses import dataclass
from math import isfinite, isnan
from unicodedata import normalize

from pricing.base.errors import Unreadable

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
class _Quantity:
    """A number in text with the unit words around it, not yet read."""

    text: str
    number: str
    words: tuple[str, ...]
    periods: tuple[str, ...]


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
    quantity = _quantity(text)
    scale = next((word for word in quantity.words[:1] if word in _WORDS), "")
    language, factor = _WORDS.get(scale, ("", 1.0))
    currency = quantity.words[1:] if scale else quantity.words
    if currency and (len(currency) > 1 or currency[0] not in _CURRENCIES):
        known = ", ".join((*_WORDS, *_CURRENCIES))
        raise Unreadable(
            "base.unreadable.unit", {"text": text, "unit": " ".join(quantity.words), "known": known}
        )
    spelt = {spoken: _unit(factor, spoken) for spoken in SEPARATORS}
    if not currency:
        raise Unreadable(
            "base.unreadable.no_unit", {"text": text, "choices": _choices(quantity.number, spelt)}
        )
    return factor * _value(quantity, per, {language, _CURRENCIES[currency[0]]}, spelt)


def parse_rate(text: str, per: str = "") -> float:
    """Fraction in a text such as "7,5 %/năm", "20 %" or "6.5 %/year".

    Raises
    ------
    ValueError
        If the percent sign is missing or the number can be read in two ways; the text shows both.
    """
    quantity = _quantity(text)
    spelt = dict.fromkeys(SEPARATORS, " %")
    if quantity.words != ("%",):
        raise Unreadable(
            "base.unreadable.no_percent",
            {"text": text, "choices": _choices(quantity.number, spelt)},
        )
    return _value(quantity, per, set(), spelt) / 100.0


def format_number(value: float, language: str, digits: int = 0) -> str:
    """A number with thousands and decimals as the language writes them: 1.234.567,8."""
    if isnan(value):
        return "–"
    if not isfinite(value):
        return "∞" if value > 0 else "-∞"
    thousands, decimal = SEPARATORS[language]
    text = f"{round(value, digits) + 0.0:,.{digits}f}"
    return text.translate(str.maketrans(",.", thousands + decimal))


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


def _quantity(text: str) -> _Quantity:
    plain = normalize("NFC", text).casefold().strip()
    found = _TEXT.fullmatch(plain)
    if found is None:
        raise Unreadable("base.unreadable.no_amount", {"text": text})
    periods = tuple(part.strip() for part in found["per"].split("/")[1:])
    unknown = [period for period in periods if period not in _PERIODS]
    if unknown:
        raise Unreadable(
            "base.unreadable.period",
            {"text": text, "period": unknown[0], "known": ", ".join(_PERIODS)},
        )
    return _Quantity(
        text=text,
        number=found["number"].replace("−", "-"),
        words=tuple(found["words"].split()),
        periods=periods,
    )


def _value(quantity: _Quantity, per: str, decided: set[str], spelt: dict[str, str]) -> float:
    """The number under the language that the unit words decide, or under the only one it fits."""
    paid_for = _PERIODS[quantity.periods[-1]][1] if quantity.periods else per
    if per and paid_for != per:
        raise Unreadable(
            "base.unreadable.paid_for", {"text": quantity.text, "paid_for": paid_for, "per": per}
        )
    languages = (decided | {_PERIODS[period][0] for period in quantity.periods}) - {""}
    if len(languages) > 1:
        raise Unreadable("base.unreadable.mixed", {"text": quantity.text})
    fitting = [lang for lang in languages or SEPARATORS if _fits(quantity.number, lang)]
    values = {_read(quantity.number, language) for language in fitting}
    if len(values) != 1:
        choices = _choices(quantity.number, spelt, *languages)
        raise Unreadable("base.unreadable.two_ways", {"text": quantity.text, "choices": choices})
    return values.pop()


def _fits(number: str, language: str) -> bool:
    """Whether the separators stand where the language puts them."""
    thousands, decimal = (re.escape(sign) for sign in SEPARATORS[language])
    return bool(re.fullmatch(rf"[-+]?(\d+|\d{{1,3}}({thousands}\d{{3}})+)({decimal}\d+)?", number))


def _read(number: str, language: str) -> float:
    thousands, decimal = SEPARATORS[language]
    whole, _, fraction = number.replace(thousands, "").partition(decimal)
    return float(f"{whole}.{fraction.replace(decimal, '')}")


def _choices(number: str, spelt: dict[str, str], decided: str = "") -> str:
    """Both readings of a number, each spelt in a way that has no other reading."""
    shown = {language: decided or language for language in SEPARATORS}
    choices = (
        f"'{_plain(_read(number, language), own)}{spelt[own]}'" for language, own in shown.items()
    )
    return " / ".join(dict.fromkeys(choices))


def _plain(value: float, language: str) -> str:
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    fraction = text.partition(".")[2]
    # three decimals would look like a group of thousands to a reader of the other language
    return (text + "0" * (len(fraction) == 3)).replace(".", SEPARATORS[language][1])


def _unit(factor: float, language: str) -> str:
    scale = next(word for word, size in _SCALES[language] if size == factor)
    return " ".join(("", scale, _CURRENCY[language])) if scale else f" {_CURRENCY[language]}"
