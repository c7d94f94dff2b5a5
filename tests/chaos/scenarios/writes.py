"""The rest of the thirty thousand: phones that only write, workshop after workshop, each looked through at its end."""

from tests.chaos.checker import Findings
from tests.chaos.fleet import Fleet
from tests.chaos.stage import Stage

NAME = "writes"
EACH = 10  # a phone's own ideas come back with every answer: more of them would only test that


async def run(stage: Stage) -> None:
    people, findings, written, number = stage.size(150, 10), Findings(), 0, 0
    while number == 0 or stage.sums.acked < stage.goal:
        number += 1
        day = await stage.site.lay_out(people)
        async with Fleet(stage.site.urls, day, stage.seed + number, listens=False) as fleet:
            for phone in fleet.phones:
                for _time in range(EACH):
                    phone.say(fleet.words())
            await fleet.drained(900)
            findings.add(await stage.judge(stage.site, day, fleet))
        if fleet.ledger.open or fleet.ledger.refused:
            stage.settled(fleet.ledger)
            break
        written += len(fleet.ledger.acked)
    stage.words(findings, "LOST", "DUP", "PHANTOM", "SWAPPED")
    stage.figure("written here; acknowledged on this database", f"{written}; {stage.sums.acked}")
