// form[data-autosave] sends itself through the outbox shortly after the last tap or letter.
import { draftOf } from "./drafts.js";
import { isTyped } from "./forms.js";
import { enqueue } from "./outbox.js";

const due = new Map();

function save(form) {
  clearTimeout(due.get(form));
  due.delete(form);
  if (form.isConnected && draftOf(form)) enqueue(form);
}

function soon(form, wait) {
  clearTimeout(due.get(form));
  due.set(form, setTimeout(save, wait, form));
}

const flush = () => [...due.keys()].forEach(save);

document.addEventListener("input", ({ target }) => {
  if (target.form?.matches("[data-autosave]")) soon(target.form, isTyped(target) ? 1500 : 350);
});
document.addEventListener("focusout", ({ target }) => due.has(target.form) && save(target.form));
document.addEventListener("throughline:filled", () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const draft = draftOf(form);
    if (draft && !draft.refused && !due.has(form)) soon(form, 350);
  }
});
document.addEventListener("throughline:arriving", flush);
addEventListener("pagehide", flush);
