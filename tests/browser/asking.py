"""One question for ideas, open in front of Ben: where most of what a phone promises can be seen."""

from tests.browser.conftest import Day, press_next

WAIT = 60_000  # a server that starts on a busy machine, and a phone that asks every few seconds


def ask(day):
    """The day, Ada's console and Ben's phone, with the question on it."""
    today = day(("capture", {}), ("dot_vote", {}))
    console, phone = today.console(), today.phone("Ben")
    press_next(console)
    field(phone).wait_for()
    return today, console, phone


def chi_behind(today: Day, between):
    """Chi's phone, with `between` in the way of its sockets."""
    page = today.page(390, 844)
    page.route_web_socket("**/ws/**", between)
    cookie = {"name": today.facts["cookie"], "value": today.facts["people"]["Chi"], "url": today.server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{today.server.url}/w/{today.facts['code']}/")
    return page


def field(phone):
    """Where a new idea is written; each idea that was sent has a field of its own for changing it."""
    return phone.locator("#idea").get_by_label("Your idea")


def send(phone, words: str) -> None:
    field(phone).fill(words)
    phone.get_by_role("button", name="Send", exact=True).click()
    phone.wait_for_function("() => document.querySelector('#idea textarea').value === ''")


def sent(phone):
    """The ideas that this phone shows as sent."""
    return phone.locator("#mine [id^='card-'] summary")


def kept_on(phone, shelf: str) -> int:
    return phone.evaluate("shelf => Object.keys(localStorage).filter(key => key.includes(`:${shelf}:`)).length", shelf)
