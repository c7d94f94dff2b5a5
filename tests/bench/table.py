"""What bin/bench prints: one line a figure, `name  value  limit  PASS|FAIL`, and the same in docs/proof.md."""

from dataclasses import dataclass
from pathlib import Path

from tests.bench.sums import Series, short

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"


@dataclass(frozen=True)
class Line:
    name: str
    value: str
    limit: str = "-"
    passed: bool | None = None
    made_of: str = ""  # the medians behind a ratio, with what they lay between

    @property
    def verdict(self) -> str:
        return "-" if self.passed is None else "PASS" if self.passed else "FAIL"

    def __str__(self) -> str:
        return "  ".join(part for part in (self.name, self.value, self.limit, self.verdict, self.made_of) if part)


def at_most(name: str, above: Series, below: Series, limit: float, least: bool = False, unit: str = "ms") -> Line:
    """The ratio of two medians against its limit; `least`: it must not be smaller."""
    ratio = above.middle / below.middle
    passed = ratio >= limit if least else ratio <= limit
    sign = "≥" if least else "≤"
    return Line(name, short(ratio), f"{sign} {short(limit)}", passed, f"{above.said(unit)} ÷ {below.said(unit)}")


def ratio(name: str, above: Series, below: Series, unit: str = "ms") -> Line:
    """A ratio that nobody has set a limit for; none where the floor was too little to be counted."""
    value = short(above.middle / below.middle) if below.middle else "-"
    return Line(name, value, made_of=f"{above.said(unit)} ÷ {below.said(unit)}")


def exactly(name: str, value: float, limit: float) -> Line:
    return Line(name, short(value), f"= {short(limit)}", value == limit)


def below(name: str, series: Series, limit: float, unit: str) -> Line:
    return Line(
        name, f"{short(series.middle)} {unit}", f"≤ {short(limit)} {unit}", series.middle <= limit, series.said(unit)
    )


def of_itself(name: str, value: float, unit: str) -> Line:
    """A fact without a limit."""
    return Line(name, f"{short(value)} {unit}".strip())


def measured(name: str, series: Series, unit: str = "ms") -> Line:
    return Line(name, f"{short(series.middle)} {unit}", made_of=series.said(unit))


def into(page: Path, heading: str, lines: list[Line]) -> None:
    """Writes the table between the two markers of `page`, or at its end where there are none yet."""
    rows = [f"| {line.name} | {line.value} | {line.limit} | {line.verdict} | {line.made_of} |" for line in lines]
    table = "\n".join(
        ["| | measured | limit | | medians of the rounds (lowest to highest) |", "|---|---|---|---|---|", *rows]
    )
    block = f"{BEGIN}\n{heading}\n\n{table}\n{END}"
    text = page.read_text()
    if BEGIN in text:
        before, rest = text.split(BEGIN, 1)
        text = before + block + rest.split(END, 1)[1]
    else:
        text = f"{text.rstrip()}\n\n## Benchmarks\n\n{block}\n"
    page.write_text(text)
