"""Votes, purpose and pulse of a file come back from an export as they went in, whatever a file may say about them."""

from datetime import date

import pytest
import yaml

from outputs.exchange.taking_in import take_in
from outputs.exchange.writing import export

PEOPLE = [f"p{number:02d}" for number in range(1, 8)]
DAY = {
    "event": {
        "id": "ev-1",
        "title": "A small day",
        "network": "mvrn",
        "template": "four_stage_network_day",
        "date": date(2026, 9, 24),
        "start": "09:15",
        "status": "completed",
    },
    "network": {"id": "mvrn", "name": "Mercia Vale"},
    "organisations": [{"id": "larkham", "name": "Larkham"}, {"id": "ppv", "name": "Patient partners"}],
    "participants": [
        {"id": ref, "name": f"Person {ref}", "org": "ppv" if ref == "p01" else "larkham", "role": "Nurse"}
        for ref in PEOPLE
    ],
    "value_clusters": [
        {"id": "vc2", "name": "Open", "gist": "We say it"},
        {"id": "vc1", "name": "Fair", "gist": "Wherever you live"},
        {"id": "vc3", "name": "Parked", "gist": "Lunch", "parked": True},
    ],
    "purpose_drafts": [
        {"id": f"pd{number}", "table": "T1" if number == 1 else f"T{number}", "text": f"We exist so that {number}"}
        for number in (1, 2, 3)
    ],
    "seating": [{"round": 2, "tables": {"T1": PEOPLE[:3], "T2": PEOPLE[3:5], "T3": PEOPLE[5:]}}],
    "votes": [
        {
            "id": "vote_values",
            "method": "dots",
            "title": "Which?",
            "options": ["vc2", "vc1"],
            "dots_each": 5,
            "max_per_option": 4,
            "blind": False,
            "channels": {"p02": "paper", "p03": "table_tablet"},
            "not_voted": ["p07"],
            "ballots": {"p01": {"vc1": 4, "vc2": 1}, "p02": {"vc1": 1}, "p03": {"vc2": 2}},
        },
        {
            "id": "vote_purpose_draft_ranked",
            "method": "ranked",
            "title": "Where do we start?",
            "note": "Everything is ranked",
            "options": ["pd3", "pd1", "pd2"],
            "ballots": {"p01": ["pd3", "pd1", "pd2"], "p02": ["pd2"]},
        },
        {"id": "first", "method": "gradients_8", "subject": "pv1", "ballots": {"p01": 8, "p02": 1}},
        {
            "id": "second",
            "method": "gradients_8",
            "title": "Again",
            "subject": "pv2",
            "channels": {"p01": "paper"},
            "ballots": {"p01": 3},
        },
        {
            "id": "vote_plan",
            "method": "fist_to_five",
            "subject": "All plans",
            "absent": ["p07"],
            "ballots": {"p01": 0, "p06": 5},
        },
    ],
    "purpose_versions": [
        {
            "id": "pv1",
            "made_by": ["p03", "p01"],
            "made_at": "at lunch",
            "sources": ["pd3", "pd1"],
            "text": "We exist so that it is fair.",
            "objections": [
                {"by": "p02", "text": "Fair to whom?", "resolved_by": "to everybody"},
                {"text": "Too short"},
            ],
        },
        {"id": "pv2", "text": "Fair to everybody.", "short_form": "Fair", "status": "to be read again in May"},
    ],
    "pulse": {
        "scale": {1: "Never", 2: "Rarely", 3: "Some days", 4: "Often", 5: "Always"},
        "questions": [
            {"id": "q0", "text": "I slept well.", "when": ["check_in"]},
            {"id": "q1", "text": "I belong.", "when": ["check_in", "check_out"]},
            {"id": "q4", "text": "I was heard.", "when": ["check_out"]},
        ],
        "check_in": {"p01": [1, 2], "p02": [None, 3]},
        "check_out": {"p01": [5, 4], "p05": [3, 3]},
        "one_word_in": ["late", "open"],
        "one_word_out": ["clear"],
        "best_thing": ["The soup."],
        "better_next_time": ["More soup.", "Less soup."],
    },
}


@pytest.mark.django_db
def test_what_a_file_says_about_votes_purpose_and_pulse_comes_back_unchanged():
    workshop = take_in(yaml.safe_dump(DAY, sort_keys=False).encode()).workshop
    given = export(workshop)
    for block in ("votes", "purpose_versions", "pulse"):
        assert given[block] == DAY[block]
    assert take_in(yaml.safe_dump(given, sort_keys=False).encode())
