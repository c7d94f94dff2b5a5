// Send means: kept on this phone first, then sent in order, then marked Sent.
import { forget, keyOf, save, written } from "./drafts.js";
import { begunWith, encode, identity, isEdit, settle, target } from "./forms.js";
import * as queue from "./queue.js";
import { keyHere, seat } from "./seat.js";
import { drain, saved, underWay } from "./sender.js";

let last = {};

// A second tap on the same button is the same wish.
function repeated(id, body) {
  return last.id === id && performance.now() - last.at < 700 && (body === last.body || body === last.blank);
}

export function enqueue(form, button) {
  const id = identity(form), body = encode(form, button), auto = form.hasAttribute("data-autosave");
  if (!auto && repeated(id, body)) return;
  const text = written(form);
  let key = auto ? keyHere() : keyOf(form);
  const twin = queue.find(key);
  if (twin && twin.body !== body) key = keyHere();
  // A newer save of the same thing says it all; but one that is under way is left to end.
  let sent = body;
  for (const old of isEdit(form) ? queue.waiting() : []) {
    if (old.id !== id || [key, underWay()].includes(old.key)) continue;
    sent = begunWith(old.body, sent);
    queue.drop(old);
  }
  // With the same key and the same words, another tab has already taken it.
  if (!twin || key !== twin.key) {
    queue.add({ id, key, body: sent, text, url: target(form, button), seat });
  }
  // "Add another" forms become empty; a choice or a changed text stays in sight.
  if (isEdit(form) || !text) settle(form);
  else form.reset();
  forget(form);
  last = { id, body, at: performance.now(), blank: encode(form, button) };
  saved();
  document.dispatchEvent(new Event("throughline:queued"));
  drain();
}

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (!form.matches("form[data-outbox]") || form.enctype === "multipart/form-data") return;
  e.preventDefault();
  save(form);
  enqueue(form, e.submitter);
});
