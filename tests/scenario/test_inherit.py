"""Parents: what merges and what is replaced whole, what may not be read, where values are from."""

import pytest

from pricing.base.errors import Problems
from pricing.scenario.inherit import MAX_DEPTH, resolve
from tests.scenario.files import write

BASE = """
[scenario]
title = { vi = "gốc", en = "base" }
authority = "city"
[instruments.road]
kind = "price_roadmap"
sector = "health"
included = { management = { 2027 = 0.5, 2028 = 1.0 } }
slip = { distribution = "triangular", low = 0, mode = 6, high = 12 }
services = ["a", "b"]
[instruments.fees]
kind = "tuition_frame"
growth = 0.05
[offices.price_appraisal]
officers = 3
days = 45
"""


def resolved(path):
    problems = Problems()
    found = resolve(path, path.name, problems)
    return found, tuple(problems)


def merged(tmp_path, child):
    write(tmp_path, "base.toml", BASE)
    found, problems = resolved(write(tmp_path, "child.toml", f'extends = "base.toml"\n{child}'))
    assert problems == ()
    return found


def test_a_section_an_instrument_and_an_office_merge_key_by_key(tmp_path):
    values = merged(
        tmp_path,
        '[scenario]\nauthority = "central"\n[instruments.road]\nsector = "education"\n'
        "[offices.price_appraisal]\nofficers = 5\n",
    ).values
    assert values["scenario"] == {"title": {"vi": "gốc", "en": "base"}, "authority": "central"}
    assert values["instruments"]["road"]["sector"] == "education"
    assert values["instruments"]["road"]["services"] == ["a", "b"]
    assert values["offices"] == {"price_appraisal": {"officers": 5, "days": 45}}


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("included", "{ depreciation = { 2030 = 1.0 } }", {"depreciation": {"2030": 1.0}}),
        ("slip", '{ distribution = "fixed" }', {"distribution": "fixed"}),
        ("slip", "3", 3),
        ("services", '["c"]', ["c"]),
    ],
)
def test_a_value_is_replaced_whole(tmp_path, key, text, value):
    found = merged(tmp_path, f"[instruments.road]\n{key} = {text}\n")
    assert found.values["instruments"]["road"][key] == value


def test_nothing_remains_of_the_origin_of_a_value_replaced(tmp_path):
    found = merged(tmp_path, "[instruments.road]\nincluded = { management = { 2030 = 1.0 } }\n")
    below = {path[4:]: place.text for path, place in found.origin.items() if len(path) > 4}
    assert below == {("2030",): "child.toml:3"}
    assert found.origin["instruments", "road", "sector"].text == "base.toml:7"


def test_an_instrument_whose_kind_changes_is_replaced_whole(tmp_path):
    found = merged(tmp_path, '[instruments.road]\nkind = "support"\n')
    assert found.values["instruments"]["road"] == {"kind": "support"}
    assert ("instruments", "road", "sector") not in found.origin


def test_unset_drops_a_parents_value_before_the_child_is_merged(tmp_path):
    found = merged(
        tmp_path,
        'unset = ["instruments.fees", "instruments.road.slip"]\n'
        '[instruments.fees]\nkind = "tuition_frame"\n',
    )
    assert found.values["instruments"]["fees"] == {"kind": "tuition_frame"}
    assert "slip" not in found.values["instruments"]["road"]
    assert found.place(("instruments", "road", "slip")).text == "base.toml:5"


@pytest.mark.parametrize(
    ("unset", "line", "close"),
    [
        ('["instruments.feees"]', 2, "instruments.fees"),
        ('[\n"instruments.fees",\n"scenario.titel"]', 4, "scenario.title"),
        ('"instruments.fees"', 2, None),
        ("[1]", 2, None),
    ],
)
def test_an_absent_path_is_a_problem_with_the_nearest(tmp_path, unset, line, close):
    write(tmp_path, "base.toml", BASE)
    path = write(tmp_path, "child.toml", f'extends = "base.toml"\nunset = {unset}\n')
    _, (problem,) = resolved(path)
    assert (problem.key, problem.line, problem.nearest) == ("unset", line, close)


def chain(tmp_path, steps):
    write(tmp_path, "0.toml", BASE)
    for step in range(1, steps + 1):
        write(tmp_path, f"{step}.toml", f'extends = "{step - 1}.toml"\n')
    return resolved(tmp_path / f"{steps}.toml")


def test_the_depth_of_a_chain_has_a_limit(tmp_path):
    found, problems = chain(tmp_path, MAX_DEPTH)
    assert found is not None
    assert problems == ()
    found, (problem,) = chain(tmp_path, MAX_DEPTH + 1)
    assert found is None
    assert str(MAX_DEPTH) in problem.text("en")


def test_a_circle_of_parents_is_a_problem_where_it_closes(tmp_path):
    write(tmp_path, "a.toml", 'extends = "b.toml"\n')
    write(tmp_path, "b.toml", '\nextends = "./a.toml"\n')
    found, (problem,) = resolved(tmp_path / "a.toml")
    assert found is None
    assert (problem.file, problem.line) == ("b.toml", 2)


def test_paths_are_relative_to_the_file_that_names_them(tmp_path):
    write(tmp_path, "sub/base.toml", BASE)
    write(tmp_path, "sub/mid.toml", 'extends = "base.toml"\n')
    found, _ = resolved(write(tmp_path, "child.toml", 'extends = "sub/mid.toml"\n'))
    assert found.origin["scenario", "authority"].text == "sub/base.toml:4"


def test_a_parent_outside_the_folder_is_refused_also_through_a_link(tmp_path):
    write(tmp_path, "outside.toml", BASE)
    folder = tmp_path / "inside"
    write(folder, "a.toml", 'extends = "../outside.toml"\n')
    (folder / "link.toml").symlink_to(tmp_path / "outside.toml")
    write(folder, "b.toml", 'extends = "link.toml"\n')
    (folder / "up").symlink_to(tmp_path)
    write(folder, "c.toml", 'extends = "up/outside.toml"\n')
    write(folder, "d.toml", f'extends = "{tmp_path / "inside" / "a.toml"}"\n')
    for name in "abcd":
        found, (problem,) = resolved(folder / f"{name}.toml")
        assert found is None
        assert problem.key == "extends"
        assert "folder" in problem.text("en")


def test_a_link_inside_the_folder_is_followed(tmp_path):
    write(tmp_path, "base.toml", BASE)
    (tmp_path / "link.toml").symlink_to("base.toml")
    found, problems = resolved(write(tmp_path, "a.toml", 'extends = "link.toml"\n'))
    assert found is not None
    assert problems == ()


def test_links_in_a_circle_are_refused(tmp_path):
    (tmp_path / "link.toml").symlink_to("link.toml")
    found, (problem,) = resolved(write(tmp_path, "a.toml", 'extends = "link.toml"\n'))
    assert found is None
    assert problem.key == "extends"
