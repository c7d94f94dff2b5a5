"""Everybody presses Send in the same moment, four times over: nobody sees an error."""

from tests.chaos.fleet import Fleet, spread
from tests.chaos.stage import Stage

NAME = "burst"
WAVES = 4


async def run(stage: Stage) -> None:
    day = await stage.site.lay_out(stage.size(150, 30))
    async with Fleet(stage.site.urls, day, stage.seed) as fleet:
        await fleet.listening()
        for _wave in range(WAVES):
            for phone in fleet.phones:
                phone.say(fleet.words())
            await fleet.drained(300)
        findings = await stage.judge(stage.site, day, fleet)
    stage.exactly("acknowledged", len(fleet.ledger.acked), WAVES * len(fleet.phones))
    stage.count("answers of 5xx", sum(n for status, n in fleet.ledger.statuses.items() if status >= 500))
    stage.words(findings, "LOST", "DUP", "PHANTOM", "SWAPPED")
    stage.figure("needed a second try", str(sum(entry.tries > 1 for entry in fleet.ledger.entries)))
    waited = [entry.acked_at - entry.sent_at for entry in fleet.ledger.acked]
    stage.figure("acknowledged, half, 95%, longest", spread(waited))
