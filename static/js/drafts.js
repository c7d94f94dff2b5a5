// Words not sent yet, kept at every keystroke: one draft a form. The draft owns the key it will be sent with.
import { controls, differs, fields, fill, findForm, identity, isTyped, target, typedText } from "./forms.js";
import { keyHere, seat } from "./seat.js";
import { code, names, read, remove, watch, write } from "./store.js";

const keys = new WeakMap();
const home = `${code}:draft:${seat}:`; // a half-written thing is nobody else's business
let clearing = false;

const tell = () => document.dispatchEvent(new Event("throughline:draft"));
const label = (form) => form.getAttribute("aria-label") || form.querySelector("legend, label")?.textContent.trim() || "";

export const draftOf = (form) => read(home + identity(form));
export const drafts = () => names(home).map(read).filter(Boolean);
export const written = (form) => draftOf(form)?.typed ?? typedText(form);
export const dirty = (form) => (form.matches("[data-outbox]") ? Boolean(draftOf(form)) : differs(form));

export function keyOf(form) {
  const key = draftOf(form)?.key ?? keys.get(form) ?? keyHere();
  keys.set(form, key);
  return key;
}

export function forget(id, form = findForm(id)) {
  remove(home + id);
  keys.delete(form);
  tell();
}

export function save(form, refused = false) {
  if (clearing) return;
  const id = identity(form), was = draftOf(form);
  // Words that came back refused may equal what the page shows, and still are not sent.
  if (!differs(form) && !(refused || was?.refused)) {
    if (was) { keys.set(form, was.key); remove(home + id); }
  } else {
    write(home + id, {
      id, url: target(form), key: refused ? keyHere() : keyOf(form), label: label(form), fields: fields(form),
      texts: controls(form).filter(isTyped).map((c) => c.name), typed: typedText(form, refused || was?.refused),
      refused: refused || was?.refused, at: Date.now(),
    });
  }
  tell();
}

export function restore() {
  for (const form of document.querySelectorAll("form[data-outbox]")) {
    const draft = draftOf(form);
    if (draft) fill(form, draft.fields);
  }
  document.dispatchEvent(new Event("throughline:filled"));
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (e) => {
    const form = e.target.form;
    if (form?.matches("[data-outbox]")) save(form);
  });
}

// The same form in another tab follows, unless someone is writing in it.
watch((name, draft) => {
  if (!name.startsWith(home)) return;
  const form = findForm(name.slice(home.length));
  if (!form) return;
  if (draft) keys.set(form, draft.key);
  if (form.contains(document.activeElement)) return;
  if (draft) fill(form, draft.fields);
  else form.reset();
  tell();
});

document.addEventListener("throughline:cleared", () => { clearing = true; });
