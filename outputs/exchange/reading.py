"""From bytes to plain data: YAML with the line of everything in it, and none of YAML's dangers.

Aliases are refused (a few lines of them can stand for a billion), so is anything nested deeper than a day ever is,
and a key that is written twice, which YAML would quietly settle.
"""

from typing import Any

import yaml

from outputs.exchange.problems import Lines, Place, Problem, Unsound

MOST_BYTES = 5_000_000
DEEPEST = 40
PLAIN_TAGS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(raw: bytes) -> tuple[dict[str, Any], Lines, list[Problem]]:
    """The data of a file, the line of each place, and what could not be read. Raises Unsound if none of it could."""
    if len(raw) > MOST_BYTES:
        raise Unsound([Problem((), f"This file is too large: at most {MOST_BYTES // 1_000_000} MB.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise Unsound([Problem((), "This file is not UTF-8 text. Save it as UTF-8.", line)]) from None
    root = _composed(text)
    if root is None:
        raise Unsound([Problem((), "This file is empty.")])
    if not isinstance(root, yaml.MappingNode):
        raise Unsound([Problem((), "This file has no blocks: it should begin with “event:”.", 1)])
    builder = _Builder()
    data = builder.build(root, ())
    return data, builder.lines, builder.problems


def _composed(text: str) -> yaml.Node | None:
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                raise Unsound([Problem((), "Aliases (*name) are not read: write it out.", event.start_mark.line + 1)])
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise Unsound([Problem((), "This is nested too deep.", event.start_mark.line + 1)])
        return yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise Unsound(
            [Problem((), f"This is not YAML: {_plainly(problem)}", mark.line + 1 if mark else None)]
        ) from None
    except yaml.YAMLError as problem:
        raise Unsound([Problem((), f"This is not YAML: {str(problem).splitlines()[0]}.")]) from None


def _plainly(problem: yaml.MarkedYAMLError) -> str:
    """The parser's own words, in one line."""
    return ", ".join(part for part in (problem.context, problem.problem) if part) + "."


class _Builder:
    """Turns nodes into data, noting lines and everything that is wrong."""

    def __init__(self) -> None:
        self.lines: Lines = {}
        self.problems: list[Problem] = []
        self._scalars = yaml.SafeLoader("")

    def build(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode) and node.tag not in PLAIN_TAGS:
            self.problems.append(Problem(place, f"“{node.tag}” cannot be read", node.start_mark.line + 1))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*place, number)) for number, child in enumerate(node.value)]
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError):
            shown = str(node.value)[:40]
            self.problems.append(Problem(place, f"“{shown}” cannot be read", node.start_mark.line + 1))
            return None

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(place, "a key must be one word", line))
                continue
            key = self.build(key_node, (*place, str(key_node.value)))
            if key is None or isinstance(key, float | bytes):
                self.problems.append(Problem((*place, str(key_node.value)), "this key must be text", line))
                continue
            if key in found:
                self.problems.append(Problem((*place, str(key_node.value)), "this key is here twice", line))
            found[key] = self.build(value_node, (*place, str(key_node.value)))
            self.lines[(*place, str(key_node.value))] = line
        return found
