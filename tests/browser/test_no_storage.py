"""A window that can keep nothing, or nothing more, does not say that it keeps words, and is not closed by mistake."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import press_next

KEEP_OPEN = "Not sent yet: keep this page open"
REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
})"""
FULL = """for (let size = 4 << 20; size >= 1; size /= 2) {
  try {
    for (let n = 0; n < 4; n += 1) localStorage.setItem(`full-${size}-${n}`, "x".repeat(size));
  } catch { /* full */ }
}"""
NOTICES = {
    "refused": "This window cannot keep your words. Please open this page in your browser (Safari, Chrome, Firefox).",
    "full": "This phone’s storage is full and cannot keep your words. Keep this page open until they are sent.",
}


def a_phone(day, script: str):
    today = day(("stories", {}))
    press_next(today.console())
    phone = today.page(390, 844)
    phone.add_init_script(script)
    today.hand_to("Ben", phone)
    phone.goto(f"{today.url}/w/{today.facts['code']}/")
    return today, phone


def is_in_sight(place) -> bool:
    """Within the window and clear of its edges."""
    box = place.bounding_box()
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    return (box["x"] >= 8, box["y"] >= 0, right <= 382, bottom <= 844) == (True,) * 4


@pytest.mark.parametrize(("why", "script"), [("refused", REFUSED), ("full", FULL)])
def test_words_that_cannot_be_kept_are_not_called_kept_and_are_asked_about_before_they_go(day, why, script):
    today, phone = a_phone(day, script)
    notice = phone.get_by_role("alert").filter(has_text="cannot keep your words")
    expect(notice).to_have_text(NOTICES[why])
    story = phone.get_by_label("Your story")
    story.fill("Only in this window")
    expect(phone.locator("[data-count-for=text]")).to_have_text(f"{KEEP_OPEN} · 19 of 1,500")
    phone.locator("#send_key_words").fill("window")
    phone.locator("#send_key_words").scroll_into_view_if_needed()
    assert is_in_sight(notice)
    phone.route("**/send/", lambda route: route.abort())
    phone.get_by_role("button", name="Send story").click()
    expect(phone.locator("#status")).to_have_text(KEEP_OPEN)
    with phone.expect_event("dialog") as asked:
        phone.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    phone.unroute_all()
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    assert today.stored() == ["Ben, Stories: Only in this window"]
    with phone.expect_event("close"):
        phone.close(run_before_unload=True)


def test_a_window_that_keeps_words_is_closed_without_a_question(day):
    today, phone = a_phone(day, "")
    asked = []
    phone.on("dialog", lambda question: (asked.append(question.type), question.accept()))
    phone.get_by_label("Your story").fill("Kept for later")
    expect(phone.locator("[data-count-for=text]")).to_have_text("Draft kept on this phone · 14 of 1,500")
    with phone.expect_event("close"):
        phone.close(run_before_unload=True)
    assert (asked, today.stored()) == ([], [])
