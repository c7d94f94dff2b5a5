// [data-clear-phone]: "Clear this phone", for a borrowed or shared one. In a form (leave), the form goes on afterwards.
import { drafts } from "./drafts.js";
import { others, refused, waiting } from "./queue.js";
import { say } from "./status.js";
import { names, remove } from "./store.js";
import { words } from "./words.js";

document.addEventListener("click", (e) => {
  if (!e.target.closest("[data-clear-phone]")) return;
  const n = waiting().length + refused().length + others().length + drafts().filter((draft) => draft.typed).length;
  if (!confirm(words(n ? "clearAskUnsent" : "clearAsk", { n }))) return e.preventDefault();
  document.dispatchEvent(new Event("throughline:cleared"));
  for (const name of names()) remove(name);
  for (const form of document.querySelectorAll("form[data-outbox]")) form.reset();
  say("cleared");
});
