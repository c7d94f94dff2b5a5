"""A mark: anything a person thinks about a card."""

from django.db import models


class MarkQuerySet(models.QuerySet):
    def ballots(self) -> dict[int, dict[str, float]]:
        """participant id -> {target: value}, for tallies."""
        found: dict[int, dict[str, float]] = {}
        for person, target, value in self.order_by("pk").values_list("participant_id", "target", "value"):
            found.setdefault(person, {})[target] = value
        return found


class Mark(models.Model):
    """Dots, a rank, a score, a level of agreement or a signature: one a person, target and criterion.

    `target` is "card:12", "theme:3" or "" (about the activity's own subject); it makes the uniqueness plain
    on every database.
    """

    activity = models.ForeignKey("workshops.Activity", on_delete=models.CASCADE, related_name="marks")
    participant = models.ForeignKey("workshops.Participant", on_delete=models.CASCADE, related_name="marks")
    card = models.ForeignKey("workshops.Card", null=True, blank=True, on_delete=models.CASCADE, related_name="marks")
    theme = models.ForeignKey("workshops.Theme", null=True, blank=True, on_delete=models.CASCADE, related_name="marks")
    target = models.CharField(max_length=40, blank=True)
    criterion = models.CharField(max_length=40, blank=True)
    value = models.FloatField()
    note = models.TextField(blank=True)
    channel = models.CharField(max_length=20, default="phone")
    cast_at = models.DateTimeField(auto_now=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "participant", "target", "criterion"], name="one_mark_a_person_and_target"
            )
        ]

    @staticmethod
    def target_of(card=None, theme=None) -> str:
        if card is not None:
            return f"card:{card.pk}"
        return f"theme:{theme.pk}" if theme is not None else ""

    @staticmethod
    def aim(target: str) -> dict[str, int]:
        """The other way: "card:12" is {"card_id": 12}."""
        sort, _colon, pk = target.partition(":")
        return {f"{sort}_id": int(pk)} if pk else {}
