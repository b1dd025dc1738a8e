"""Reading one file: what is refused before it is parsed, and syntax errors with their place."""

import pytest

from pricing.base.errors import Problems
from pricing.scenario.source import SIZE_LIMIT, read_source


def problem_of(path):
    problems = Problems()
    assert read_source(path, path.name, problems) is None
    (problem,) = problems
    return problem


def test_values_and_lines_of_a_file(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text("[people]\nvariant = 'low'\n", encoding="utf-8")
    source = read_source(path, "a.toml", Problems())
    assert source is not None
    assert source.values == {"people": {"variant": "low"}}
    assert source.lines["people", "variant"] == 2


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a = 1\nb = triangular\n", 2, "needs quotes"),
        ("a = 1\n[x]\n[x]\n", 3, "once"),
        ("a = 1\na = 2\n", 2, "once"),
        ("a = 1\nb\n", 2, "key = value"),
        ("a = [1\nb = 2\n", 2, "brackets"),
        ("a = 1\nb = [1,\n", 2, "brackets"),
    ],
)
def test_a_syntax_error_has_line_column_and_advice(tmp_path, text, line, said):
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    problem = problem_of(path)
    assert problem.line == line
    assert said in problem.text("en")
    assert "column" in problem.text("en")


def test_the_line_of_a_letter_that_is_no_utf8_is_found(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"a = 1\nb = 2\nc = '\xe1'\n")
    assert problem_of(path).line == 3


def test_the_limit_of_size_is_sharp(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"a = 1\n".ljust(SIZE_LIMIT))
    assert read_source(path, "a.toml", Problems()) is not None
    path.write_bytes(b"a = 1\n".ljust(SIZE_LIMIT + 1))
    assert "1 MB" in problem_of(path).text("en")


def test_nesting_has_a_limit(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text("a = " + "[" * 11 + "]" * 11, encoding="utf-8")
    assert read_source(path, "a.toml", Problems()) is not None
    path.write_text("a = " + "[" * 12 + "]" * 12, encoding="utf-8")
    assert "nested" in problem_of(path).text("en")


def test_a_file_that_is_not_there_is_missed_in_the_readers_language(tmp_path):
    problems = Problems()
    assert read_source(tmp_path / "nowhere.toml", "nowhere.toml", problems) is None
    (problem,) = problems
    assert "không có tệp này" in problem.text("vi")
    assert "no such file" in problem.text("en")
