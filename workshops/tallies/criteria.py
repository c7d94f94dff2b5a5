"""Criteria scoring, and impact and effort (`domain.md` 3.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from workshops.tallies.agreement import distribution
from workshops.tallies.ballots import Id

TABLES_DIFFER = 3


@dataclass(frozen=True)
class ThemeScore:
    """One theme. score: weighted mean on the 1 to 5 scale, None while a criterion has no score from any table.

    low, high: the lowest and highest table's own weighted mean, its gaps filled with the other tables' average.
    differ: criteria where two tables are three or more apart. missing: criteria that no table scored.
    """

    theme: Id
    score: float | None
    low: float | None
    high: float | None
    differ: tuple[Id, ...]
    missing: tuple[Id, ...]


def weighted(
    scores: Mapping[Id, Mapping[Id, Mapping[Id, int | None]]], weights: Mapping[Id, int], themes: Sequence[Id]
) -> list[ThemeScore]:
    """Scores themes from tables' agreed cells: table -> theme -> criterion -> 1 to 5, None or absent if not scored.

    weights: criterion -> whole number; they are shared out of their own sum. A missing cell counts as the average of
    the tables that scored it, never as zero. Returns highest first, unscored last, then by theme id.
    Raises BallotError for a score outside 1 to 5, KeyError for an unknown criterion, ValueError for weights of 0.
    """
    if not weights or any(weight <= 0 for weight in weights.values()):
        raise ValueError("weights are above 0")
    results = [_theme(scores, weights, theme) for theme in themes]
    return sorted(results, key=lambda result: (result.score is None, -(result.score or 0), result.theme))


def _theme(
    scores: Mapping[Id, Mapping[Id, Mapping[Id, int | None]]], weights: Mapping[Id, int], theme: Id
) -> ThemeScore:
    cells: dict[Id, dict[Id, int]] = {criterion: {} for criterion in weights}
    for table, themes in scores.items():
        for criterion, score in themes.get(theme, {}).items():
            if score is not None:
                cells[criterion][table] = score
    for by_table in cells.values():
        distribution(by_table.values(), 1, 5)
    differ = tuple(
        criterion
        for criterion, by_table in cells.items()
        if by_table and max(by_table.values()) - min(by_table.values()) >= TABLES_DIFFER
    )
    missing = tuple(criterion for criterion, by_table in cells.items() if not by_table)
    if missing:
        return ThemeScore(theme, None, None, None, differ, missing)
    means = {criterion: Fraction(sum(by_table.values()), len(by_table)) for criterion, by_table in cells.items()}
    tables = {table for by_table in cells.values() for table in by_table}
    own = [
        _mean({criterion: Fraction(cells[criterion].get(table, means[criterion])) for criterion in weights}, weights)
        for table in tables
    ]
    return ThemeScore(theme, float(_mean(means, weights)), float(min(own)), float(max(own)), differ, missing)


def _mean(values: Mapping[Id, Fraction], weights: Mapping[Id, int]) -> Fraction:
    return sum((values[criterion] * weight for criterion, weight in weights.items()), Fraction(0)) / sum(
        weights.values()
    )


@dataclass(frozen=True)
class Placed:
    """Medians of a theme's blind placements, 1 to 5. quadrant: quick_win, big_bet, fill_in, leave, or on_the_line.

    on_the_line: a median is exactly 3, the middle of the scale; the room says on which side it falls.
    """

    theme: Id
    impact: float
    effort: float
    quadrant: str


QUADRANTS = {(True, False): "quick_win", (True, True): "big_bet", (False, False): "fill_in", (False, True): "leave"}


def impact_effort(placements: Mapping[Id, Sequence[tuple[int, int]]]) -> list[Placed]:
    """Places themes: theme -> each person's (impact, effort), both 1 to 5. Themes nobody placed are left out.

    Raises BallotError for a number outside 1 to 5. Returns in the order given.
    """
    placed = []
    for theme, points in placements.items():
        distribution((number for point in points for number in point), 1, 5)
        if points:
            impact = float(median(impact for impact, _effort in points))
            effort = float(median(effort for _impact, effort in points))
            quadrant = "on_the_line" if 3 in (impact, effort) else QUADRANTS[impact > 3, effort > 3]
            placed.append(Placed(theme, impact, effort, quadrant))
    return placed
