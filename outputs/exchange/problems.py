"""What is wrong with an exchange file: each problem with its place and, where it is known, its line."""

from dataclasses import dataclass

Place = tuple[str | int, ...]
Lines = dict[Place, int]


def where(place: Place) -> str:
    """A place as people write it: ("stories", 3, "author") is stories[3].author, counted from 0."""
    words = ""
    for part in place:
        words += f"[{part}]" if isinstance(part, int) else f".{part}" if words else part
    return words


@dataclass(frozen=True)
class Problem:
    place: Place
    words: str
    line: int | None = None

    def __str__(self) -> str:
        line = f" (line {self.line})" if self.line else ""
        return f"{where(self.place)}: {self.words}{line}" if self.place else f"{self.words}{line}"


class Unsound(Exception):
    """A file that cannot be taken in, with everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def line_of(lines: Lines, place: Place) -> int | None:
    """The line of a place, or of the nearest thing around it that stands in the file."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)
