"""Ids check themselves against the ids of the city given as context."""

import pytest
from pydantic import BaseModel, ValidationError

from pricing.base.refs import PlaceId, ServiceId


class Model(BaseModel):
    service: ServiceId
    places: tuple[PlaceId, ...] = ()


CONTEXT = {"service": ("inpatient_stay", "primary"), "place": frozenset({"o_mon"})}


def test_known_ids_pass():
    data = {"service": "primary", "places": ["o_mon"]}
    assert Model.model_validate(data, context=CONTEXT).places == ("o_mon",)


def test_an_unknown_id_fails_with_the_nearest():
    data = {"service": "inpatient_stya", "places": ["zzz"]}
    with pytest.raises(ValidationError) as raised:
        Model.model_validate(data, context=CONTEXT)
    first, second = raised.value.errors()
    assert first["type"] == second["type"] == "unknown_id"
    assert first["loc"] == ("service",)
    assert first["ctx"] == {
        "kind": "service",
        "read": "inpatient_stya",
        "nearest": "inpatient_stay",
    }
    assert second["loc"] == ("places", 0)
    assert second["ctx"]["nearest"] == ""


@pytest.mark.parametrize("context", [None, {}, {"place": ()}])
def test_without_a_set_of_ids_any_text_passes(context):
    assert Model.model_validate({"service": "anything"}, context=context).service == "anything"
