"""A form that says what stood in it: two saves of it while there is no server are sent as one, which says both."""

from playwright.sync_api import expect

from tests.browser.asking import WAIT
from tests.browser.conftest import press_next

PRIORITY = """
from workshops.models import Workshop
Workshop.objects.get(code="CODE").priorities.create(title="One door for referrals", position=1)
"""
PLAN = """
from workshops.models import Plan
plan = Plan.objects.get(workshop__code="CODE")
print(plan.ambition, plan.first_step, plan.resources, sep=" / ")
"""


def run(today, script: str) -> str:
    return today.server.manage("shell", "-v0", "-c", script.replace("CODE", today.facts["code"])).strip()


def save(phone, label: str, words: str) -> None:
    phone.get_by_label(label, exact=False).first.fill(words)
    phone.get_by_role("button", name="Save", exact=True).click()
    phone.wait_for_timeout(750)  # sooner, a tap counts as a second tap on the same button


def test_the_first_of_two_saves_without_a_server_is_not_lost(day, server):
    today = day(("action_plan", {}))
    run(today, PRIORITY)
    console, phone = today.console(), today.phone("Ben")
    press_next(console)
    phone.get_by_label("In twelve months").wait_for()
    server.stop(kill=True)
    save(phone, "In twelve months", "Nobody waits")
    save(phone, "First step in the next two weeks", "Ring Castlemoor")
    server.start()
    expect(phone.locator("#status")).to_have_text("Sent ✓", timeout=WAIT)
    assert run(today, PLAN) == "Nobody waits / Ring Castlemoor / {}"
