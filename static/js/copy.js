// [data-copy="words"] or [data-copy="#id"]. Plain http has no navigator.clipboard: there the words are selected and copied.
import { words } from "./words.js";

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { /* the old way */ }
  const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "visually-hidden" });
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus({ preventScroll: true });
  return done;
}

export async function copyFrom(button, text) {
  if (!(await copyText(text))) return;
  const name = button.textContent;
  button.textContent = words("copied");
  setTimeout(() => { button.textContent = name; }, 2000);
}

document.addEventListener("click", (e) => {
  const button = e.target.closest("[data-copy]");
  if (!button) return;
  const from = button.dataset.copy.startsWith("#") && document.querySelector(button.dataset.copy);
  copyFrom(button, from ? from.value ?? from.textContent.trim() : button.dataset.copy);
});
