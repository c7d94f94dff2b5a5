"""One file a promise. Each has a NAME, says what it needs, and has `async def run(stage)`, which prints its lines."""
