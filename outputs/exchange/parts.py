"""What the blocks of the schema share: names, lines, who and where."""

from outputs.exchange.named import Label, New, Use
from outputs.exchange.shapes import Clock, Day, Flag, Keyed, Maybe, OneOf, Row, Rows, Text, Whole
from workshops.days import templates

PERSON, PEOPLE = Use(("participant",)), Rows(Use(("participant",)))
TABLE, ORGANISATION, PRIORITY = Use(("table",)), Use(("organisation",)), Use(("priority",))
NATIONAL, LOCAL = Rows(Use(("national_priority",))), Rows(Use(("local_priority",)))
LINE, TITLE, LONG = Text(300), Text(160), Text(5000)
LINES = Rows(LINE)
STATUSES = ("draft", "open", "running", "closed", "completed", "locked", "cleaned")

EVENT = Row(
    {
        "id": New("workshop"),
        "title": TITLE,
        "network": Use(("network",)),
        "template": Maybe(OneOf(tuple(templates()))),
        "date": Day(),
        "start": Clock(),
        "end": Maybe(Clock()),
        "doors_open": Maybe(Clock()),
        "timezone": Maybe(Text(60)),
        "venue": Maybe(
            Row(
                {
                    "name": TITLE,
                    **{name: Maybe(LINE) for name in ("town", "room", "layout", "wifi", "quiet_room")},
                    **{name: Maybe(Whole(1, 500)) for name in ("tables", "seats_per_table")},
                    **{name: Maybe(Flag()) for name in ("hearing_loop", "step_free", "prayer_room")},
                }
            )
        ),
        "question_for_the_day": Maybe(Text(1000)),
        "sponsor": Maybe(PERSON),
        "host_organisation": Maybe(ORGANISATION),
        "lead_facilitator": Maybe(LINE),
        "data_controller": Maybe(LINE),
        "status": Maybe(OneOf(STATUSES)),
    }
)
NETWORK = Row(
    {
        "id": New("network"),
        "name": TITLE,
        "short_name": Maybe(Text(40)),
        "type": Maybe(LINE),
        "about": Maybe(Text(5000)),
        **{name: Maybe(Whole()) for name in ("population", "new_patients_per_year", "linacs")},
        "formed": Maybe(Whole(1800, 2200)),
        "starting_points": Maybe(LINES),
    }
)
SEATING = Row(
    {
        "round": Whole(1, 40),
        "stage": Maybe(Text(60)),
        "by": Maybe(OneOf(("interest",))),
        "tables": Keyed(Label(), PEOPLE),
    }
)
IDEAS = Rows(
    Row(
        {
            "id": New("idea"),
            "text": Text(1000),
            "author": Maybe(PERSON),
            "table": Maybe(TABLE),
            "cluster": Maybe(Use(("value_cluster", "story_theme"))),
        }
    )
)
