"""The arithmetic of a bench, its verdicts, and its place in a page."""

import pytest

from tests.bench.sums import Series, high, short
from tests.bench.table import Line, at_most, below, exactly, into, ratio


@pytest.mark.parametrize(
    ("values", "share", "value"),
    [
        ([7.0], 0.95, 7.0),
        (list(range(1, 101)), 0.95, 95),
        (list(range(1, 21)), 0.95, 19),
        (list(range(20, 0, -1)), 0.5, 10),
        ([1.0, 2.0], 0.0, 1.0),
    ],
)
def test_a_quantile_is_one_of_the_values(values, share, value):
    assert high(values, share) == value


def test_the_rounds_are_told_by_their_median_and_what_it_lay_between():
    assert Series([4.0, 1.0, 30.0, 2.0, 3.0]).said() == "3 ms (1 to 30)"


@pytest.mark.parametrize(
    ("value", "said"), [(3, "3"), (0.125, "0.12"), (3.14159, "3.14"), (31.4159, "31.4"), (314.2, "314")]
)
def test_three_figures_are_enough(value, said):
    assert short(value) == said


def test_a_floor_too_small_to_be_counted_gives_no_ratio():
    line = ratio("it", Series([10.0]), Series([0.0]))
    assert (line.value, line.made_of) == ("-", "10 ms (10 to 10) ÷ 0 ms (0 to 0)")


@pytest.mark.parametrize(
    ("above", "limit", "least", "passed"),
    [(10, 5, False, True), (10.1, 5, False, False), (16, 8, True, True), (15.9, 8, True, False)],
)
def test_a_ratio_of_medians_is_held_against_its_limit(above, limit, least, passed):
    line = at_most("it", Series([above]), Series([2.0]), limit, least=least)
    assert line.passed is passed


def test_a_line_says_name_value_limit_and_verdict():
    line = at_most("change to all", Series([9.0]), Series([2.0]), 5)
    assert str(line) == "change to all  4.50  ≤ 5  PASS  9 ms (9 to 9) ÷ 2 ms (2 to 2)"
    assert str(exactly("renders", 2, 1)) == "renders  2  = 1  FAIL"
    assert str(below("memory", Series([41.0]), 40, "kB")) == "memory  41 kB  ≤ 40 kB  FAIL  41 kB (41 to 41)"
    assert str(ratio("cost", Series([3.0]), Series([2.0]))) == "cost  1.50  -  -  3 ms (3 to 3) ÷ 2 ms (2 to 2)"


def test_the_table_takes_the_place_of_the_one_before_and_of_nothing_else(tmp_path):
    page = tmp_path / "proof.md"
    page.write_text("# Proof\n\nBefore.\n")
    into(page, "`bin/bench`, today.", [Line("a", "1"), Line("b", "2", "≤ 3", True)])
    first = page.read_text()
    page.write_text(f"{first}\n## After\n")
    into(page, "`bin/bench`, tomorrow.", [Line("c", "4", "≤ 3", False)])
    assert "| b | 2 | ≤ 3 | PASS |  |" in first
    assert page.read_text() == (
        "# Proof\n\nBefore.\n\n## Benchmarks\n\n<!-- bench:begin -->\n`bin/bench`, tomorrow.\n\n"
        "| | measured | limit | | medians of the rounds (lowest to highest) |\n|---|---|---|---|---|\n"
        "| c | 4 | ≤ 3 | FAIL |  |\n<!-- bench:end -->\n\n## After\n"
    )
