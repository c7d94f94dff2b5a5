"""A hand on one field of a form: after each key a look whether value, caret, focus and neighbours are right."""

FIELDS = ("text", "textarea", "select", "checkbox", "radio", "composed")
BEFORE, AFTER = "It began ", " and so it ends."
LETTERS = "when the scanner stopped, Fenbridge came"
# Composed on a Japanese keyboard: three looks at what is being written, then what it becomes.
COMPOSED = ("に", "にほ", "にほん", "日本")
NEIGHBOURS = {
    "#story": {"text": "Half a story ", "key_words": "waiting, ", "sharing": "report_anonymous"},
    "#commit": {"text": "I will ring ", "sharing": "table"},
    "#choose": {"first": "", "second": "", "offer": "A spare afternoon "},
}
NAMES = {
    "text": "key_words",
    "textarea": "text",
    "composed": "text",
    "radio": "sharing",
    "checkbox": "with_name",
    "select": "first",
}

LOOK = """() => {
  const field = document.activeElement, form = field?.form;
  if (!form) return { focus: field?.tagName };
  const values = {};
  for (const [name, value] of new FormData(form)) if (!/^(key|ref|csrf.*)$/.test(name)) values[name] = value;
  return {
    focus: field.name, same: field === window.held || field.type === "radio", blurs: window.blurs,
    caret: /text/.test(field.type) ? [field.selectionStart, field.selectionEnd] : null, values,
  };
}"""
HOLD = """() => {
  window.held = document.activeElement;
  window.blurs = 0;
  window.held.addEventListener("blur", () => { if (window.held.type !== "radio") window.blurs += 1; });
}"""


class Hand:
    def __init__(self, phone, form: str, kind: str, keys: int):
        self.phone, self.form, self.kind, self.keys, self.faults = phone, form, kind, keys, []
        self.name, self.committed = NAMES[kind], ""

    def begin(self) -> None:
        """Fill in the form, and put the caret where it is going to be needed: between words that are there already."""
        form = self.phone.locator(self.form)
        form.wait_for()
        for name, value in NEIGHBOURS[self.form].items():
            field = form.locator(f"[name={name}]").first
            if field.get_attribute("type") == "radio":
                form.locator(f"[name={name}][value={value}]").check()
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(index=1)
            else:
                field.fill(value)
        field = form.locator(f"[name={self.name}]")
        if self.kind in ("text", "textarea", "composed"):
            field.fill(BEFORE + AFTER)
            field.evaluate("(field, at) => field.setSelectionRange(at, at)", len(BEFORE))
        (form.locator(f"[name={self.name}]:checked") if self.kind == "radio" else field).focus()
        self.phone.evaluate(HOLD)
        self.keyboard = self.phone.context.new_cdp_session(self.phone)
        self.expected = self.phone.evaluate(LOOK)
        if self.kind == "radio":
            self.options = form.locator(f"[name={self.name}]").evaluate_all("all => all.map(one => one.value)")
        if self.kind == "select":
            self.options = field.evaluate("field => [...field.options].map(one => one.value)")

    def press(self, key: int) -> None:
        {"radio": self._turn, "select": self._turn, "checkbox": self._tick, "composed": self._compose}.get(
            self.kind, self._type
        )(key)
        seen = self.phone.evaluate(LOOK)
        if seen != self.expected:
            self.faults.append(f"key {key}: {seen} instead of {self.expected}")
            self.expected = {**self.expected, **seen}  # told once, not forty times

    def pause(self) -> None:
        """A person who looks up when the room moves on: the form may move, with the words and the caret in it."""
        if self.kind != "composed":  # nothing moves until the composition has come to its end
            self.phone.locator("#kept form").wait_for()

    def end(self, version: int) -> None:
        """All quiet: the form is kept, the phone shows what the room has come to, and nothing changed meanwhile."""
        self.phone.locator("#kept form").wait_for()
        self.phone.wait_for_function("version => Number(document.body.dataset.version) >= version", arg=version)
        self.phone.locator(".chip").get_by_text("Closed").wait_for()
        seen = self.phone.evaluate(LOOK)
        if seen != self.expected:
            self.faults.append(f"at the end: {seen} instead of {self.expected}")

    def _type(self, key: int) -> None:
        self.phone.keyboard.press(LETTERS[key].replace(" ", "Space"))
        self._expect(BEFORE + LETTERS[: key + 1])

    def _compose(self, key: int) -> None:
        step = COMPOSED[key % 4]
        if key % 4 == 3:
            self.keyboard.send("Input.insertText", {"text": step})
            self.committed += step
            self._expect(BEFORE + self.committed)
        else:
            at = {"selectionStart": len(step), "selectionEnd": len(step)}
            self.keyboard.send("Input.imeSetComposition", {"text": step, **at})
            self._expect(BEFORE + self.committed + step)

    def _expect(self, so_far: str) -> None:
        self.expected["values"][self.name] = so_far + AFTER
        self.expected["caret"] = [len(so_far), len(so_far)]

    def _turn(self, key: int) -> None:
        down = key % 2 == 0
        self.phone.keyboard.press("ArrowDown" if down else "ArrowUp")
        now = self.options.index(self.expected["values"][self.name])
        self.expected["values"][self.name] = self.options[now + (1 if down else -1)]

    def _tick(self, key: int) -> None:
        self.phone.keyboard.press("Space")
        if key % 2 == 0:
            self.expected["values"][self.name] = "on"
        else:
            del self.expected["values"][self.name]
