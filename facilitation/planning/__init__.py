"""Everything before the day: networks, workshops, run sheets, people, tables, priority cards."""
