"""A checker that cannot fail is a defect: each sort of fault is put in by hand, and must be found, and no other."""

import pytest

from tests.chaos.checker import SORTS, Row, Seen, Stored, compare, watch
from tests.chaos.ledger import Ledger

BEN, CHI = 1, 2


@pytest.fixture
def ledger():
    """Ben and Chi have each sent two ideas, and all four were acknowledged."""
    ledger = Ledger()
    for number, (who, text) in enumerate([(BEN, "One list"), (CHI, "Calmer Mondays"), (BEN, "Tea"), (CHI, "A map")], 1):
        entry = ledger.draft(who, text)
        entry.tries, entry.acked_at, entry.version = 1, float(number), number
    return ledger


@pytest.fixture
def stored(ledger):
    """What a server holds that has lost nothing."""
    texts = [entry.text for entry in ledger.entries]
    return Stored(
        [Row(entry.participant, entry.text) for entry in ledger.entries],
        [(entry.participant, entry.key) for entry in ledger.entries],
        4,
        {"console": list(texts), "export": list(texts)},
    )


def counts(findings):
    return {sort: findings.count(sort) for sort in SORTS if findings.count(sort)}


def test_nothing_is_found_where_nothing_is_wrong(ledger, stored):
    assert counts(compare(ledger.entries, stored)) == {}


def test_an_idea_that_was_acknowledged_and_is_in_no_row_is_lost(ledger, stored):
    del stored.rows[1]
    findings = compare(ledger.entries, stored)
    assert counts(findings) == {"LOST": 1}
    assert findings.words("LOST") == "LOST: 'Calmer Mondays' of 2 is not in database"


@pytest.mark.parametrize("face", ["console", "export"])
def test_an_idea_that_one_face_does_not_show_is_lost(ledger, stored, face):
    stored.faces[face].remove("Tea")
    findings = compare(ledger.entries, stored)
    assert counts(findings) == {"LOST": 1}
    assert findings.words("LOST") == f"LOST: 'Tea' of 1 is not in {face}"


def test_an_acknowledged_key_without_a_receipt_is_lost(ledger, stored):
    del stored.receipts[0]
    assert counts(compare(ledger.entries, stored)) == {"LOST": 1}


def test_an_idea_that_was_never_acknowledged_may_be_there_or_not(ledger, stored):
    ledger.entries[0].acked_at = 0.0
    assert counts(compare(ledger.entries, stored)) == {}
    del stored.rows[0], stored.receipts[0]
    assert counts(compare(ledger.entries, stored)) == {}


def test_two_rows_for_one_idea_are_a_duplicate(ledger, stored):
    stored.rows.append(stored.rows[0])
    assert counts(compare(ledger.entries, stored)) == {"DUP": 1}


def test_two_receipts_for_one_key_are_a_duplicate(ledger, stored):
    stored.receipts.append(stored.receipts[0])
    assert counts(compare(ledger.entries, stored)) == {"DUP": 1}


def test_a_row_that_nobody_sent_is_a_phantom(ledger, stored):
    stored.rows.append(Row(BEN, "Nobody said this"))
    assert counts(compare(ledger.entries, stored)) == {"PHANTOM": 1}


def test_a_row_of_a_draft_that_was_never_tried_is_a_phantom(ledger, stored):
    ledger.draft(BEN, "Still on the phone")
    stored.rows.append(Row(BEN, "Still on the phone"))
    assert counts(compare(ledger.entries, stored)) == {"PHANTOM": 1}


def test_a_receipt_for_a_key_that_nobody_made_is_a_phantom(ledger, stored):
    stored.receipts.append((BEN, "a key from nowhere"))
    assert counts(compare(ledger.entries, stored)) == {"PHANTOM": 1}


def test_an_idea_under_another_name_is_swapped(ledger, stored):
    stored.rows[0] = Row(CHI, "One list")
    assert counts(compare(ledger.entries, stored)) == {"SWAPPED": 1}


def test_a_phone_that_saw_the_version_fall_went_backward():
    assert counts(watch([Seen(BEN, [1, 2, 4]), Seen(CHI, [1, 4, 3, 4])], head=4)) == {"BACKWARD": 1}


def test_a_phone_below_the_head_or_with_nothing_at_all_is_stale():
    assert counts(watch([Seen(BEN, [1, 2, 4]), Seen(CHI, [1, 3]), Seen(3, [])], head=4)) == {"STALE": 2}
