// "Draft kept on this phone · 152 of 1,500", under a field that is written in.
import { isTyped } from "./forms.js";
import { draftOf, fleeting } from "./drafts.js";
import { words } from "./words.js";

const number = (n) => n.toLocaleString(document.documentElement.lang || "en-GB");

function hint(field) {
  const found = field.form.querySelector(`[data-count-for="${CSS.escape(field.name)}"]`);
  if (found) return found;
  const made = Object.assign(document.createElement("span"), { className: "hint" });
  made.dataset.countFor = field.name;
  field.after(made);
  return made;
}

function count(field) {
  const draft = draftOf(field.form), parts = [];
  if (draft && field.value.trim()) parts.push(words(fleeting(field.form) ? "fleeting" : "draft"));
  const limit = Number(field.dataset.limit), n = [...field.value].length; // letters, as the server counts them
  if (limit) parts.push(words("count", { n: number(n), limit: number(limit) }));
  const place = hint(field), text = parts.join(" · ");
  place.toggleAttribute("data-over", limit > 0 && n > limit);
  if (place.textContent !== text) place.textContent = text;
}

function all() {
  for (const field of document.querySelectorAll("form[data-outbox] :is(textarea, [data-limit])")) {
    if (field.name && isTyped(field)) count(field);
  }
}

for (const news of ["throughline:draft", "throughline:filled", "throughline:mine", "reset"]) {
  document.addEventListener(news, () => setTimeout(all));
}
all();
