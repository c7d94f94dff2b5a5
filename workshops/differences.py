"""Where two pieces of plain data are not equal."""

from typing import Any


def differences(wanted: Any, found: Any, place: str = "") -> list[str]:
    """The places where two pieces of data are not equal, as places: "votes[2].title"."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        keys = [*wanted, *(key for key in found if key not in wanted)]
        inner = [(f"{place}.{key}" if place else str(key), (wanted.get(key), found.get(key))) for key in keys]
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        inner = [(f"{place}[{number}]", pair) for number, pair in enumerate(zip(wanted, found, strict=True))]
    else:
        return [] if wanted == found and type(wanted) in (type(found), int, float) else [place]
    return [one for name, (left, right) in inner for one in differences(left, right, name)]
