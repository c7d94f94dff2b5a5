"""The construction behind mixed tables: nobody meets twice, whatever the numbers."""

from collections import Counter
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from workshops.seating.grid import field_product, grid


@given(
    st.integers(2, 12).flatmap(lambda tables: st.tuples(st.integers(tables, 90), st.just(tables))), st.integers(1, 6)
)
def test_a_grid_never_repeats_and_fills_tables_evenly(room, rounds):
    people, tables = room
    made = grid(people, tables, rounds)
    if made is None:
        assert people > tables * tables
        return
    assert 1 <= len(made.rounds) <= rounds
    met = Counter()
    for table_of in made.rounds:
        sizes = Counter(table_of)
        assert (len(table_of), len(sizes)) == (people, tables)
        assert max(sizes.values()) - min(sizes.values()) <= 1
        cells = {table: [cell for cell, other in enumerate(table_of) if other == table] for table in sizes}
        met.update(pair for members in cells.values() for pair in combinations(members, 2))
    assert set(met.values()) <= {1}


def test_six_tables_of_six_have_three_rounds_and_no_fourth():
    assert len(grid(36, 6, 4).rounds) == 3


def test_at_six_tables_six_colleagues_can_be_spread_in_all_rounds():
    made = grid(36, 6, 3)
    tables = dict(zip(made.cells, zip(*made.rounds, strict=True), strict=True))
    spread = [
        columns
        for columns in permutations(range(6))
        if all(len(set(seen)) == 6 for seen in zip(*(tables[row, columns[row]] for row in range(6)), strict=True))
    ]
    assert len(spread) == 32


def test_a_field_has_no_zero_products():
    for size in (4, 8, 16, 32):
        for one in range(1, size):
            assert sorted(field_product(one, other, size) for other in range(size)) == list(range(size))
