"""`pricing show`: values after inheritance, and where each was written."""

import json
import tomllib

CHILD = """
extends = "trial.toml"
[instruments.law]
levels_of = 2026
"""


def test_what_is_shown_is_toml_without_parents(call, workplace):
    (workplace / "child.toml").write_text(CHILD, encoding="utf-8")
    shown = tomllib.loads(call("show", workplace / "child.toml").stdout)
    assert "extends" not in shown
    assert shown["instruments"]["law"] == {"kind": "law_path", "levels_of": 2026}


def test_origin_names_file_and_line_of_each_value(call, workplace):
    (workplace / "child.toml").write_text(CHILD, encoding="utf-8")
    lines = call("show", "--origin", workplace / "child.toml").stdout.splitlines()
    kind = next(line for line in lines if line.startswith("instruments.law.kind"))
    level = next(line for line in lines if line.startswith("instruments.law.levels_of"))
    assert kind.endswith("trial.toml:7")
    assert level.endswith("child.toml:4")


def test_json_holds_values_and_origin(call, workplace):
    told = json.loads(call("show", "--json", workplace / "trial.toml").stdout)
    assert told["values"]["instruments"]["law"]["kind"] == "law_path"
    assert told["origin"]["instruments.law.kind"].endswith("trial.toml:7")


def test_what_cannot_be_read_exits_3(call, workplace):
    assert call("show", workplace / "absent.toml").exit_code == 3
