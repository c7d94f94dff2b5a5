// #kept: words whose form is gone from the page (the room moved on, or the page was closed) keep a form and a Send button.
import { adopt, dirty, draftOf, forget, isNew, restore, spare } from "./drafts.js";
import { activityOf, findForm, formsOf, identity, nameForms, shown, target } from "./forms.js";
import { hush } from "./status.js";
import { words } from "./words.js";

const make = (tag, values) => Object.assign(document.createElement(tag), values);

function area() {
  const found = document.getElementById("kept");
  if (found) return found;
  const made = make("section", { id: "kept", className: "stack" });
  document.getElementById("mine")?.before(made);
  return made;
}

function why(form) {
  if (activityOf(target(form)) !== shown().activity) return "movedOn";
  return shown().open ? "stillKept" : "closedOn";
}

function box() {
  hush();
  const made = make("article", { className: "note stack" });
  made.dataset.keptForm = "";
  made.append(make("p"));
  area().append(made);
  return made;
}

function buttons(form) {
  const row = make("div", { className: "row" });
  if (!form.querySelector("button:not([type=button]), input[type=submit]")) {
    row.append(make("button", { className: "button", textContent: words("send") }));
  }
  const away = make("button", { type: "button", className: "button quiet", textContent: words("discard") });
  away.addEventListener("click", () => {
    if (!confirm(words("discardAsk"))) return;
    forget(form);
    form.closest("[data-kept-form]").remove();
  });
  row.append(away);
  form.append(row);
}

// The next activity may use the same ids: a label, or a button outside its form, must not find the kept one.
let kept = 0;
function rename(form) {
  kept += 1;
  for (const part of [form, ...form.querySelectorAll("[id], [for], [aria-describedby]")]) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = part.getAttribute(name);
      if (value) part.setAttribute(name, value.replace(/\S+/g, `kept-${kept}-$&`));
    }
  }
}

// Moves the form itself, so the caret stays where it was.
export function keep(form) {
  identity(form);
  rename(form);
  const active = form.contains(document.activeElement) ? document.activeElement : null;
  const { selectionStart, selectionEnd } = active ?? {};
  const place = box();
  if (place.moveBefore) place.moveBefore(form, null);
  else place.append(form);
  buttons(form);
  if (!active || document.activeElement === active) return;
  active.focus({ preventScroll: true });
  if (selectionStart != null) active.setSelectionRange(selectionStart, selectionEnd);
}

function writing({ name, label, most, lines }) {
  const field = make("div", { className: "field" });
  const inside = make(lines ? "textarea" : "input", { name, dir: "auto", id: `kept-field-${(kept += 1)}` });
  if (most) Object.assign(inside, { maxLength: most }).dataset.limit = most;
  field.append(make("label", { textContent: label || words("yourWords"), htmlFor: inside.id }), inside);
  return field;
}

function choice([label, chosen]) {
  return make("p", { className: "small", textContent: `${label}${/[\p{L}\d)]$/u.test(label) ? ":" : ""} ${chosen}`.trim() });
}

function rebuild(draft) {
  const form = make("form", { method: "post", className: "stack" });
  form.setAttribute("action", draft.url);
  form.dataset.outbox = "";
  form.dataset.draft = draft.id;
  form.dataset.rebuilt = "";
  for (const [name, values] of Object.entries(draft.fields)) {
    const fields = draft.texts.filter((text) => text.name === name);
    if (fields.length) form.append(...fields.map(writing));
    else for (const value of values) form.append(make("input", { type: "hidden", name, value }));
  }
  form.append(...draft.chosen.map(choice));
  box().append(form);
  buttons(form);
  adopt(form, draft);
}

// After each change of the page: what can be sent again from its own form goes back there, the rest is offered here.
// What another open tab holds beside this one's is offered when the page is loaded anew.
function offer(loaded) {
  const mine = document.getElementById("mine");
  if (!mine) return;
  nameForms(mine);
  for (const place of document.querySelectorAll("[data-kept-form]")) {
    const form = place.querySelector("form"), draft = draftOf(form);
    const home = draft && formsOf(draft.id).find((twin) => mine.contains(twin) && isNew(twin) && !dirty(twin));
    if (dirty(form) && (!home || place.contains(document.activeElement))) continue;
    place.remove();
    if (home) adopt(home, draft);
  }
  restore();
  for (const draft of spare()) if (draft.typed && (loaded === true || !findForm(draft.id))) rebuild(draft);
  for (const place of document.querySelectorAll("[data-kept-form]")) {
    place.firstChild.textContent = words(why(place.querySelector("form")));
  }
}

for (const news of ["throughline:mine", "throughline:queued", "throughline:answered"]) document.addEventListener(news, offer);
document.addEventListener("throughline:cleared", () => document.getElementById("kept")?.remove());
offer(true);
