"""Libraries of priority cards to start from: reads the YAML here and gives a network its own copy."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from workshops.models import Driver, Network

NATIONAL = Path(__file__).parent / "national_priorities.yaml"


@cache
def national() -> dict[str, Any]:
    return yaml.safe_load(NATIONAL.read_text(encoding="utf-8"))


def load_national(network: Network) -> int:
    """Add the national cards that `network` does not have yet; returns how many. Call inside keep() or write()."""
    file = national()
    sources = {one["id"]: _source(one) for one in file["sources"]}
    has = set(network.drivers.exclude(ref="").values_list("ref", flat=True))
    made = Driver.objects.bulk_create(
        _driver(network, position, card, sources, file["library"])
        for position, card in enumerate(file["cards"], start=1)
        if card["id"] not in has
    )
    return len(made)


def _source(one: dict[str, Any]) -> dict[str, str]:
    """Dates stay as precise as the source gives them: a day, a month, or a year."""
    return {name: str(one.get(name) or "") for name in ("title", "publisher", "date", "url")}


def _driver(network: Network, position: int, card: dict[str, Any], sources: dict, library: dict[str, Any]) -> Driver:
    moving = card["status"] == Driver.TO_CHECK
    return Driver(
        network=network,
        ref=card["id"],
        group=card["group"],
        title=card["title"],
        summary=card["summary"],
        prompt=card.get("prompt", ""),
        sources=[sources[one] for one in card.get("source", [])],
        tags=card.get("tags", []),
        status=card["status"],
        note=card.get("note", ""),
        checked_by="" if moving else f"{library['title']} {library['version']}",
        checked_on=None if moving else library["checked_on"],
        position=position,
    )
