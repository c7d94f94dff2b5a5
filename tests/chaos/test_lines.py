"""What is printed, what is judged, and what goes into docs/proof.md."""

import argparse
from datetime import UTC, datetime

import pytest

from tests.chaos import proof
from tests.chaos.__main__ import in_all
from tests.chaos.stage import FAIL, OPEN, PASS, Line, Stage, Sums


@pytest.fixture
def make_stage(tmp_path):
    return lambda full: Stage(full, 1, "sqlite", tmp_path, None, Sums()).named("kills")


def verdicts(stage):
    return [line.verdict for line in stage.lines]


@pytest.mark.parametrize("full", [True, False])
def test_counts_are_judged_in_both_forms(make_stage, full):
    stage = make_stage(full)
    stage.count("LOST", 0)
    stage.count("LOST", 1)
    stage.exactly("joined", 200, 200)
    stage.exactly("joined", 199, 200)
    assert verdicts(stage) == [PASS, FAIL, PASS, FAIL]


@pytest.mark.parametrize(("full", "missed"), [(True, FAIL), (False, OPEN)])
def test_seconds_are_judged_in_the_full_form_alone(make_stage, full, missed):
    stage = make_stage(full)
    for seconds in (4.9, 5.1, None):
        stage.seconds("back", seconds, 5.0)
    assert verdicts(stage) == [PASS, missed, missed]


def test_a_line_says_name_value_limit_and_verdict(make_stage):
    stage = make_stage(False)
    stage.count("LOST", 1, 0, "'Tea' of 2 is not in database")
    assert str(stage.lines[0]) == "sqlite kills: LOST  1  0  FAIL\n    'Tea' of 2 is not in database"


def test_two_scenarios_do_not_share_their_lines_but_their_sums(make_stage):
    stage = make_stage(False)
    other = stage.named("cuts")
    other.count("LOST", 0)
    other.sums.acked += 5
    assert (stage.lines, stage.sums.acked) == ([], 5)


@pytest.mark.parametrize(
    ("sums", "strict", "wanted"),
    [
        (Sums(30_000), True, [PASS, PASS, PASS]),
        (Sums(29_999), True, [FAIL, PASS, PASS]),
        (Sums(200), False, [OPEN, PASS, PASS]),
        (Sums(30_000, 1, 1), True, [PASS, FAIL, FAIL]),
    ],
)
def test_all_runs_together_are_judged_at_the_end(sums, strict, wanted):
    assert [line.verdict for line in in_all([([], sums)], strict)] == wanted


def test_the_page_keeps_everything_outside_the_markers(tmp_path):
    page = tmp_path / "proof.md"
    page.write_text("# Proof\n\nBefore.\n")
    proof.write("first", page)
    proof.write("second", page)
    begin, end = proof.BEGIN, proof.END
    assert page.read_text() == f"# Proof\n\nBefore.\n\n{proof.HEADING}\n\n{begin}\nsecond\n{end}\n"
    page.write_text(f"# Proof\n\n{begin}\nold\n{end}\n\nAfter.\n")
    proof.write("new", page)
    assert page.read_text() == f"# Proof\n\n{begin}\nnew\n{end}\n\nAfter.\n"


def test_a_row_of_the_table_says_why_where_a_promise_is_not_met():
    lines = [Line("kills: LOST", "0", "0", PASS, "unsaid"), Line("cuts: STALE", "3", "0", FAIL, "late | again")]
    table = proof.table(lines, argparse.Namespace(full=True, seed=7), datetime(2026, 11, 22, 9, 5, tzinfo=UTC), 120)
    assert table.splitlines()[-2:] == [
        "| kills: LOST | 0 | 0 | PASS |",
        "| cuts: STALE | 3 | 0 | FAIL; late \\| again |",
    ]
    assert table.startswith("The full form, 22 November 2026 at 09:05, seed 7, 2 minutes; Python ")
