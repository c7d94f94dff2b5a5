# ruff: noqa: F821
"""Run beside the server with CODE given: what is stored, and what the export holds."""

from outputs.exchange.writing import export
from workshops.models import Card, Receipt, Workshop


def words(thing):
    if isinstance(thing, dict):
        return [one for value in thing.values() for one in words(value)]
    if isinstance(thing, list):
        return [one for value in thing for one in words(value)]
    return [thing] if isinstance(thing, str) else []


workshop = Workshop.objects.by_code(CODE)
cards = Card.objects.filter(activity__workshop=workshop)
receipts = Receipt.objects.filter(workshop=workshop, actor__startswith="participant:").values_list("actor", "key")
told = {
    "version": workshop.version,
    "rows": list(cards.values_list("participant", "text", "late")),
    "receipts": [(int(actor.partition(":")[2]), key) for actor, key in receipts],
    "export": words(export(workshop)),
}
