"""What each chapter of the pack says: plain data for its template, cleared words only (`domain.md` 6.2)."""
