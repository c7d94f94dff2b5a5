"""What phones write down about themselves."""

import json

from tests.chaos.ledger import Ledger, hash_of


def test_each_draft_has_a_key_of_its_own_and_the_fingerprint_of_its_words():
    ledger = Ledger()
    one, other = ledger.draft(1, "Tea"), ledger.draft(1, "Tea")
    assert one.key != other.key
    assert (one.body, one.tries, one.settled) == (hash_of("Tea"), 0, False)


def test_what_is_acknowledged_refused_or_still_open_is_told_apart():
    ledger = Ledger()
    told, turned_away, waiting = (ledger.draft(1, text) for text in ("told", "turned away", "waiting"))
    told.acked_at, turned_away.refused = 1.0, "closed"
    assert (ledger.acked, ledger.refused, ledger.open) == ([told], [turned_away], [waiting])


def test_odd_answers_are_all_but_good_ones_and_those_that_are_fine():
    ledger = Ledger()
    ledger.statuses.update({200: 5, 204: 2, 503: 3, 500: 1})
    assert ledger.odd_statuses(503) == {500: 1}
    assert ledger.odd_statuses() == {500: 1, 503: 3}


def test_a_ledger_can_be_looked_at_afterwards(tmp_path):
    ledger = Ledger()
    entry = ledger.draft(7, "One list")
    ledger.write(tmp_path / "ledger.jsonl")
    (line,) = (tmp_path / "ledger.jsonl").read_text().splitlines()
    assert [json.loads(line)[name] for name in ("participant", "text", "key")] == [7, "One list", entry.key]
