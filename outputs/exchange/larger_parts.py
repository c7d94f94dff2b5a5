"""The larger parts of the schema: votes, plans, the pulse, and a later review."""

from outputs.exchange.named import New, Use
from outputs.exchange.parts import LINE, LINES, LOCAL, LONG, NATIONAL, PEOPLE, PERSON, PRIORITY
from outputs.exchange.shapes import ByKey, Day, Flag, Keyed, Maybe, OneOf, OrNothing, Row, Rows, Text, Whole
from workshops.models import Action

_BALLOT = {
    "id": New("vote"),
    "title": Maybe(LINE),
    "note": Maybe(LINE),
    "blind": Maybe(Flag()),
    "absent": Maybe(PEOPLE),
}
_OPTIONS = {"options": Rows(Use(("value_cluster", "priority_theme", "purpose_draft", "story_theme")))}
_DOT_RULES = {"dots_each": Whole(1, 100), "max_per_option": Whole(1, 100)}
_WHO = {"channels": Maybe(Keyed(PERSON, OneOf(("phone", "paper", "table_tablet")))), "not_voted": Maybe(PEOPLE)}
VOTES = ByKey(
    "method",
    {
        "dots": Row(
            {
                **_BALLOT,
                **_OPTIONS,
                **_DOT_RULES,
                **_WHO,
                "method": Text(20),
                "ballots": Keyed(PERSON, Keyed(_OPTIONS["options"].of, Whole(0, 100))),
            }
        ),
        "ranked": Row(
            {
                **_BALLOT,
                **_OPTIONS,
                **_WHO,
                "method": Text(20),
                "max_ranks": Maybe(Whole(1, 100)),
                "ballots": Keyed(PERSON, Rows(_OPTIONS["options"].of)),
            }
        ),
        "gradients_8": Row(
            {**_BALLOT, **_WHO, "method": Text(20), "subject": Maybe(LINE), "ballots": Keyed(PERSON, Whole(1, 8))}
        ),
        "fist_to_five": Row(
            {**_BALLOT, **_WHO, "method": Text(20), "subject": Maybe(LINE), "ballots": Keyed(PERSON, Whole(0, 5))}
        ),
    },
)
PLAN = Row(
    {
        "id": New("plan"),
        "priority": PRIORITY,
        "group": Maybe(Text(20)),
        "ambition": Maybe(Text(350)),
        "why_it_matters": Maybe(Text(200)),
        "purpose_link": Maybe(Text(200)),
        "values": Maybe(Rows(Use(("value",)))),
        "national": Maybe(NATIONAL),
        "local": Maybe(LOCAL),
        "lead": Maybe(PERSON),
        "deputies": Maybe(PEOPLE),
        "sponsor": Maybe(PERSON),
        "team": Maybe(PEOPLE),
        "measures": Maybe(
            Rows(Row({"name": LINE, **{one: Maybe(LINE) for one in ("baseline", "target", "source", "frequency")}}))
        ),
        "actions": Maybe(
            Rows(
                Row(
                    {
                        "id": New("action"),
                        "text": Text(240),
                        "lead": Maybe(PERSON),
                        "deputy": Maybe(PERSON),
                        "start": Maybe(Day()),
                        "by": Maybe(Day()),
                        "output": Maybe(Text(200)),
                        "status": Maybe(OneOf(tuple(dict(Action.STATUSES)))),
                    }
                )
            )
        ),
        "resources": Maybe(
            Row({one: Maybe(LINE) for one in ("people", "money", "time", "skills", "data", "estate_or_digital")})
        ),
        "risks": Maybe(
            Rows(
                Row(
                    {
                        "text": LINE,
                        "likelihood": Maybe(Whole(1, 5)),
                        "impact": Maybe(Whole(1, 5)),
                        "response": Maybe(LINE),
                    }
                )
            )
        ),
        "depends_on": Maybe(Rows(Row({"priority": Maybe(PRIORITY), "text": LINE}))),
        "first_step_two_weeks": Maybe(Row({"text": Text(240), "who": Maybe(PERSON), "by": Maybe(Day())})),
        "stop_doing": Maybe(Text(240)),
        "confidence": Maybe(Whole(0, 5)),
    }
)
PULSE_QUESTIONS = Rows(Row({"id": New("question"), "text": LINE, "when": Rows(OneOf(("check_in", "check_out")))}))
PULSE = Row(
    {
        "scale": Maybe(Keyed(Whole(1, 5), LINE)),
        "questions": PULSE_QUESTIONS,
        "check_in": Maybe(Keyed(PERSON, Rows(OrNothing(Whole(1, 5))))),
        "check_out": Maybe(Keyed(PERSON, Rows(OrNothing(Whole(1, 5))))),
        **{one: Maybe(LINES) for one in ("one_word_in", "one_word_out", "best_thing", "better_next_time")},
    }
)
STATUS = OneOf(tuple(dict(Action.STATUSES)))
# What a later review found; its block is called after the month, as in review_2027_03.
REVIEW = Row(
    {
        "attendees": Maybe(Whole()),
        "actions": Maybe(
            Rows(
                Row(
                    {
                        "id": Use(("action",)),
                        "status": STATUS,
                        "rag": OneOf(("complete", "green", "amber", "red")),
                        "note": Maybe(LONG),
                    }
                )
            )
        ),
        "renew": Maybe(
            Rows(
                Row(
                    {
                        "priority": Maybe(PRIORITY),
                        "theme": Maybe(Use(("priority_theme",))),
                        "decision": OneOf(("keep", "reshape", "stop", "start")),
                        "note": Maybe(LONG),
                    }
                )
            )
        ),
        **{one: Maybe(LONG) for one in ("purpose_refined", "values_refined")},
    }
)
