"""The journal: one row a change, never altered; and the receipts that make sending twice harmless."""

from typing import NamedTuple

from django.db import models

from workshops.models.rows import Rows
from workshops.statements import Statement


class Answer(NamedTuple):
    """What stands on a receipt."""

    digest: str
    version: int
    made: str


class Receipts(Rows):
    def answer_to(self, workshop_id: int, actor: str, key: str) -> Statement:
        """Makes what this key was answered, or None where it never came."""
        return Statement(
            "SELECT digest, version, made FROM workshops_receipt WHERE workshop_id = %s AND actor = %s AND key = %s",
            [workshop_id, actor, key],
            lambda found: found and Answer(*found),
        )


class Journal(models.Model):
    """Who changed what. `seq` is the workshop's version after the change. Never holds anybody's words."""

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="journal")
    seq = models.BigIntegerField()
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = Rows()

    class Meta:
        ordering = ["seq"]
        verbose_name_plural = "journal"
        constraints = [models.UniqueConstraint(fields=["workshop", "seq"], name="one_row_a_version")]


class Receipt(models.Model):
    """What was answered to a key. A second arrival of the same key gets this and changes nothing."""

    workshop = models.ForeignKey("workshops.Workshop", on_delete=models.CASCADE, related_name="receipts")
    actor = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    version = models.BigIntegerField()
    made = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = Receipts()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "actor", "key"], name="one_receipt_a_key")]
