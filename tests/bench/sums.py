"""The arithmetic of a bench: quantiles of one round, and the median of rounds with what it lay between."""

from dataclasses import dataclass, field
from math import ceil
from statistics import median


def high(values: list[float], share: float = 0.95) -> float:
    """The value that `share` of the values do not exceed (nearest rank)."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


@dataclass
class Series:
    """One number a round."""

    values: list[float] = field(default_factory=list)

    def add(self, value: float) -> None:
        self.values.append(value)

    @property
    def middle(self) -> float:
        return median(self.values)

    def said(self, unit: str = "ms") -> str:
        lowest, highest = min(self.values), max(self.values)
        return f"{short(self.middle)} {unit} ({short(lowest)} to {short(highest)})"


def short(value: float) -> str:
    """Three figures are what such a measurement is worth."""
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
