// Words not sent yet, kept at every keystroke. A draft is of a form and of the key that it will be sent with, so two tabs
// may write different ones in the same form.
import { differs, fields, fill, formsOf, identity, target, typedText } from "./forms.js";
import { chosen, texts } from "./labels.js";
import { keyHere, seat } from "./seat.js";
import { code, names, onlyHere, read, remove, watch, write } from "./store.js";

const keys = new WeakMap();
const seen = new WeakMap(); // the draft as this tab last wrote or showed it
const met = new WeakMap();
const choices = new WeakMap(); // of a form that was built anew for its words
const home = `${code}:draft:${seat}:`; // a half-written thing is nobody else's business
let clearing = false;

const tell = () => document.dispatchEvent(new Event("throughline:draft"));
const place = (form) => `${home}${identity(form)} ${keys.get(form)}`;
const holder = (key) => [...document.forms].find((form) => keys.get(form) === key);

export const draftOf = (form) => (keys.has(form) ? read(place(form)) : null);
export const fleeting = (form) => keys.has(form) && onlyHere(place(form));
export const drafts = () => names(home).map(read).filter((draft) => draft?.chosen);
export const spare = () => drafts().filter((draft) => !holder(draft.key)).sort((a, b) => b.at - a.at);
export const written = (form) => draftOf(form)?.typed ?? typedText(form);
export const isNew = (form) => met.get(form) !== identity(form);
export const dirty = (form) => (form.matches("[data-outbox]") ? Boolean(draftOf(form)) : differs(form));

// Another tab has written on in the same draft, while someone was in this form.
const parted = (form, draft) => draft && JSON.stringify(draft) !== seen.get(form);

export function keyOf(form) {
  if (!keys.has(form)) keys.set(form, keyHere());
  return keys.get(form);
}

export function adopt(form, draft) {
  keys.set(form, draft.key);
  if (form.matches("[data-rebuilt]")) choices.set(form, draft.chosen);
  seen.set(form, JSON.stringify(draft));
  fill(form, draft.fields);
}

export function forget(form) {
  if (keys.has(form) && !parted(form, draftOf(form))) remove(place(form));
  keys.delete(form);
  tell();
}

export function save(form, refused = false) {
  if (clearing) return;
  const was = draftOf(form), again = refused || was?.refused;
  if (refused || parted(form, was)) keys.delete(form); // what the other tab wrote stays as it is
  // Words that came back refused may equal what the page shows, and still are not sent.
  if (!differs(form) && !again) {
    if (keys.has(form)) remove(place(form));
  } else {
    const draft = {
      id: identity(form), url: target(form), key: keyOf(form), fields: fields(form),
      texts: texts(form), chosen: choices.get(form) ?? chosen(form), typed: typedText(form, again), refused: again, at: Date.now(),
    };
    seen.set(form, JSON.stringify(draft));
    write(place(form), draft);
  }
  tell();
}

// A form that is new on the page takes the latest of its drafts that no other form holds.
export function restore() {
  for (const form of document.querySelectorAll("form[data-outbox]")) {
    const id = identity(form), own = draftOf(form), draft = !own && isNew(form) && spare().find((one) => one.id === id);
    if (draft) adopt(form, draft);
    else if (own && !parted(form, own)) fill(form, own.fields);
    met.set(form, id);
  }
  document.dispatchEvent(new Event("throughline:filled"));
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (e) => {
    const form = e.target.form;
    if (form?.matches("[data-outbox]")) save(form);
  });
}

// The same draft in another tab follows, unless someone is writing in it; so does a form that has none of its own.
watch((name, draft) => {
  if (!name.startsWith(home)) return;
  const cut = name.lastIndexOf(" "), id = name.slice(home.length, cut);
  const form = holder(name.slice(cut + 1)) ?? (draft && formsOf(id).find((one) => !draftOf(one)));
  if (!form || form.contains(document.activeElement)) return;
  if (draft) adopt(form, draft);
  else if (form.closest("[data-kept-form]")) form.closest("[data-kept-form]").remove();
  else form.reset();
  tell();
});

document.addEventListener("throughline:cleared", () => { clearing = true; });
