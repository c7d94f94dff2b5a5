// Send means: kept on this phone first, then sent in order, then marked Sent.
import { forget, keyOf, save, written } from "./drafts.js";
import { activityOf, controls, encode, identity, isTyped, settle, target } from "./forms.js";
import { newKey } from "./keys.js";
import * as queue from "./queue.js";
import { drain, saved } from "./sender.js";

let last = {};

// A second tap on the same button is the same wish.
function repeated(id, body) {
  return last.id === id && performance.now() - last.at < 700 && (body === last.body || body === last.blank);
}

export function enqueue(form, button) {
  const id = identity(form), body = encode(form, button), auto = form.hasAttribute("data-autosave");
  if (!auto && repeated(id, body)) return;
  const text = written(form);
  let key = auto ? newKey() : keyOf(form);
  const twin = queue.find(key);
  if (twin && twin.body !== body) key = newKey();
  if (auto) {
    // A newer save says it all; but one that is under way is left to end.
    for (const old of queue.waiting().slice(1)) if (old.auto && old.id === id) queue.drop(old);
  }
  // With the same key and the same words, another tab has already taken it.
  if (!twin || key !== twin.key) queue.add({ id, key, body, text, auto, url: target(form, button), label: form.getAttribute("aria-label") ?? "", seat: document.body.dataset.seat ?? "" });
  // "Add another" forms become empty; a choice or an edited text stays in sight.
  if (!auto && controls(form).some((c) => isTyped(c) && !c.defaultValue && c.value)) form.reset();
  else settle(form);
  forget(id, form);
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
