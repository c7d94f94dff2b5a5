"""A workshop as an exchange file: what the models keep, what the rooms record, and what was only kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import yaml
from django.utils.functional import Promise

from activities.kind import kind_of
from outputs import results
from outputs.exchange.keeping import from_json, merged
from outputs.exchange.naming import give_names
from outputs.exchange.pruning import pruned
from outputs.exchange.schema import BLOCKS, REQUIRED
from outputs.exchange.standing import standing
from workshops.models import Card, Commitment, Workshop
from workshops.write import taken_back

# In a workshop's facts: the blocks of the file that it came from, and the order of rows that the rooms would not keep.
BLOCKS_HERE, ORDER = "blocks", "order"


def export(workshop: Workshop, *, access_needs: bool = False) -> dict[str, Any]:
    """Everything that may leave. Held, hidden and withdrawn words stay here; access needs leave only on request."""
    with as_it_leaves(workshop):
        found = merged(merged(standing(workshop, access_needs), kept(workshop)), recorded(workshop))
        found["expected_results"] = results.of(workshop)
        order = workshop.facts.get(ORDER, {})
        said = {name: _in_order(_plain(value), order.get(name)) for name, value in found.items()}
    known = [*BLOCKS, *(name for name in said if name not in BLOCKS)]
    wanted = {*REQUIRED, *workshop.facts.get(BLOCKS_HERE, [])} - {"access_needs"}  # these even when they are empty
    return pruned({name: said[name] for name in known if name in said and (said[name] or name in wanted)})


@contextmanager
def as_it_leaves(workshop: Workshop) -> Iterator[None]:
    """Inside, everything has a name, and what may not leave is not there; afterwards all is as it was."""
    with taken_back():
        Workshop.objects.row(id=workshop.pk, lock=True)  # first, as everybody who writes does
        workshop.participants.exclude(removed_at=None).delete()
        Card.objects.filter(activity__workshop=workshop).held().update(state=Card.HIDDEN)
        workshop.commitments.exclude(sharing=Commitment.EVERYONE, state=Card.CLEAR).delete()
        give_names(workshop)
        yield


def recorded(workshop: Workshop) -> dict[str, Any]:
    """What the rooms say, in the order of the run sheet."""
    found: dict[str, Any] = {}
    for activity in workshop.activities.select_related("seating", "draws_on"):
        activity.workshop = workshop
        found = merged(found, kind_of(activity).record(activity))
    return found


def kept(workshop: Workshop) -> dict[str, Any]:
    """Blocks that no room fills, as they came."""
    return {
        name: from_json(workshop.facts[name]) for name in workshop.facts.get(BLOCKS_HERE, []) if name in workshop.facts
    }


def _plain(value: Any) -> Any:
    """Lists, keys and words as YAML knows them; what is not known is left out."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one is not None and one != ""}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Promise) else value


def _in_order(value: Any, order: list[str] | None) -> Any:
    """Rows in the order of the file that they came from; new ones after them."""
    if not order or not isinstance(value, list):
        return value
    at = {name: number for number, name in enumerate(order)}
    return sorted(value, key=lambda row: at.get(row.get("id"), len(at)))


def to_yaml(data: Mapping[str, Any]) -> str:
    return yaml.dump(dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


class _Dumper(yaml.SafeDumper):
    """Without aliases, which an import does not read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
