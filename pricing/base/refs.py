"""Ids as annotated text: each checks itself against the city's ids, given as validation context.

Validate with `Model.model_validate(data, context={"service": ("ambulatory_visit", …), …})`. An id
that is not there fails with the error type `unknown_id` and, in its context, the nearest one.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from pricing.base.errors import nearest


def _known(kind: str) -> Callable[[str, ValidationInfo], str]:
    def check(read: str, info: ValidationInfo) -> str:
        context: Mapping[str, Collection[str]] = info.context or {}
        ids = context.get(kind)
        if ids is None or read in ids:
            return read
        raise PydanticCustomError(
            "unknown_id",
            "unknown {kind} '{read}'",
            {"kind": kind, "read": read, "nearest": nearest(read, ids) or ""},
        )

    return check


SectorId: TypeAlias = Annotated[str, AfterValidator(_known("sector"))]
NeedId: TypeAlias = Annotated[str, AfterValidator(_known("need"))]
ServiceId: TypeAlias = Annotated[str, AfterValidator(_known("service"))]
NormId: TypeAlias = Annotated[str, AfterValidator(_known("norm"))]
PlaceId: TypeAlias = Annotated[str, AfterValidator(_known("place"))]
PlaceKind: TypeAlias = Annotated[str, AfterValidator(_known("place_kind"))]
PlaceOrKind: TypeAlias = Annotated[str, AfterValidator(_known("place_or_kind"))]
LotId: TypeAlias = Annotated[str, AfterValidator(_known("lot"))]
UnitId: TypeAlias = Annotated[str, AfterValidator(_known("unit"))]
ComponentId: TypeAlias = Annotated[str, AfterValidator(_known("component"))]
ClassId: TypeAlias = Annotated[str, AfterValidator(_known("class"))]
PayGroupId: TypeAlias = Annotated[str, AfterValidator(_known("pay_group"))]
LawRule: TypeAlias = Annotated[str, AfterValidator(_known("law_rule"))]
