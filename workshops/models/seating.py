"""Who sits where: mixed tables for a round, or interest groups."""

from django.db import models
from django.utils.translation import gettext as _

from workshops.problems import Conflict


class Round(models.Model):
    """One seating of the whole room. `by_interest` marks groups that people chose."""

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60, blank=True)
    by_interest = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["workshop", "number"], name="one_round_of_a_number")]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """What people call it: its label, or its number and sort."""
        if self.label:
            return self.label
        words = _("Round %(n)d: interest groups") if self.by_interest else _("Round %(n)d: mixed tables")
        return words % {"n": self.number}

    def table_of(self, participant):
        """The table where this person sits in this round, or None."""
        seat = self.seats.filter(participant=participant).select_related("table").first()
        return seat.table if seat else None

    @property
    def is_sat(self) -> bool:
        """Whether people have sat down in it already: from then on nobody is moved by a plan."""
        return self.workshop.activities.filter(seating=self, times_opened__gt=0).exists()

    def seat(self, tables: dict[str, list[int]], hosts: dict[str, int], by_activity=None) -> None:
        """These people at these tables, in place of whatever was planned. Raises Conflict once people have sat down.

        `by_activity`: the activity that makes these groups is not one in which people sat down in them.
        """
        sat = self.workshop.activities.filter(seating=self, times_opened__gt=0)
        if by_activity is not None:
            sat = sat.exclude(pk=by_activity.pk)
        if sat.exists():
            raise Conflict(_("People have sat down for “%(round)s” already.") % {"round": self.name})
        self.tables.all().delete()
        for label, people in tables.items():
            table = Table.objects.create(round=self, label=label, host_id=hosts.get(label))
            Seat.objects.bulk_create(Seat(round=self, table=table, participant_id=person) for person in people)

    def move(self, participant, table: "Table") -> None:
        """One person to another table of this round, or to a first one."""
        Seat.objects.update_or_create(round=self, participant=participant, defaults={"table": table})

    def seat_late(self, participant) -> "Table | None":
        """A place for somebody who comes after the tables were made: the smallest one, fewest colleagues first."""
        tables = list(
            self.tables.annotate(
                size=models.Count("seats"),
                colleagues=models.Count(
                    "seats", filter=models.Q(seats__participant__organisation=participant.organisation_id)
                ),
            ).order_by("size", "colleagues", "pk")
        )
        seated = self.seats.filter(participant=participant).exists()
        if self.by_interest or not tables or not participant.takes_part or seated:
            return None
        Seat.objects.create(round=self, table=tables[0], participant=participant)
        return tables[0]


class Table(models.Model):
    """A group for one round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tables")
    label = models.CharField(max_length=20)
    host = models.ForeignKey(
        "workshops.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "label"], name="one_table_of_a_label")]

    def __str__(self):
        return self.label


class Seat(models.Model):
    """One person at one table, once a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="seats")
    participant = models.ForeignKey("workshops.Participant", on_delete=models.CASCADE, related_name="seats")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "participant"], name="one_seat_a_round")]
