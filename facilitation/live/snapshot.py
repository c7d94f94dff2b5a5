"""What one render of a workshop comes to: the frame of each audience, and who may no longer hear."""

from dataclasses import dataclass

# (surface, table): everybody on that surface, or one table of phones.
Audience = tuple[str, int | None]

CONSOLE, SCREEN, PHONE = "console", "screen", "phone"
# The order in which a change goes out: what most people look at first, what costs most to render last.
SURFACES = (PHONE, SCREEN, CONSOLE)


@dataclass(frozen=True)
class Snapshot:
    """Read the version before the content: a frame may be newer than it says, never older.

    One render is of one surface. A table without a frame of its own gets the (surface, None) frame, which is always
    wanted.
    """

    version: int
    frames: dict[Audience, str]
    table_of: dict[int, int]
    removed: frozenset[int]
    over: bool
    proofs: frozenset[str] | None = None  # the passes that count on this surface; None: all of them

    def admits(self, proof: str) -> bool:
        return self.proofs is None or proof in self.proofs
