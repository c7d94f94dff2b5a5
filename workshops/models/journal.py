"""The journal: one row a change, never altered; and the receipts that make sending twice harmless."""

from typing import NamedTuple

from django.db import connection, models

from workshops.models.rows import Rows


class Answer(NamedTuple):
    """What stands on a receipt."""

    digest: str
    version: int
    made: str


class Receipts(Rows):
    def answer_to(self, workshop_id: int, actor: str, key: str) -> Answer | None:
        """What this key was answered, if it came before."""
        where = "workshop_id = %s AND actor = %s AND key = %s"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT digest, version, made FROM {self.model._meta.db_table} WHERE {where}",  # noqa: S608
                [workshop_id, actor, key],
            )
            found = cursor.fetchone()
        return Answer(*found) if found else None


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
