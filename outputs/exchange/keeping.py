"""Blocks that no room fills stand in a workshop's facts as they came; and how two parts of a file become one."""

from datetime import date
from typing import Any

DATE, KEYED = "$date", "$keyed"


def to_json(value: Any) -> Any:
    """The same in JSON's few sorts: dates, and keys that are not text, are marked and come back as they were."""
    if isinstance(value, date):
        return {DATE: value.isoformat()}
    if isinstance(value, list):
        return [to_json(one) for one in value]
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: to_json(one) for key, one in value.items()}
        return {KEYED: [[to_json(key), to_json(one)] for key, one in value.items()]}
    return value


def from_json(value: Any) -> Any:
    if isinstance(value, list):
        return [from_json(one) for one in value]
    if isinstance(value, dict) and set(value) == {DATE}:
        return date.fromisoformat(value[DATE])
    if isinstance(value, dict) and set(value) == {KEYED}:
        return {from_json(key): from_json(one) for key, one in value[KEYED]}
    if isinstance(value, dict):
        return {key: from_json(one) for key, one in value.items()}
    return value


def merged(first: Any, second: Any) -> Any:
    """Blocks are joined key by key, lists one behind the other; two rows with one id become one row."""
    if isinstance(first, dict) and isinstance(second, dict):
        joined = dict(first)
        for key, value in second.items():
            joined[key] = merged(joined[key], value) if key in joined else value
        return joined
    if isinstance(first, list) and isinstance(second, list):
        return _rows(first, second)
    return second


def _rows(first: list[Any], second: list[Any]) -> list[Any]:
    joined = list(first)
    at = {row["id"]: number for number, row in enumerate(joined) if isinstance(row, dict) and "id" in row}
    for row in second:
        name = row.get("id") if isinstance(row, dict) else None
        if name in at:
            joined[at[name]] = {**joined[at[name]], **row}
        else:
            joined.append(row)
    return joined
