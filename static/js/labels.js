// What a person reads beside a field, so that words can be shown under the same name when their form is gone.
import { controls, isTyped } from "./forms.js";

const LANG = document.documentElement.lang || "en-GB";
const DAY = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };

function said(node) {
  const copy = node?.cloneNode(true);
  copy?.querySelectorAll("small, .hint, select, textarea, button").forEach((part) => part.remove());
  return copy?.textContent.trim().replace(/\s+/g, " ") ?? "";
}

const label = (c) => said(c.labels?.[0]) || c.getAttribute("aria-label") || "";
const group = (c) => said(c.closest("fieldset")?.querySelector("legend"));

// The fields that are written in: [{ name, label, most, lines }], in the order of the form.
export const texts = (form) => controls(form).filter(isTyped).map((c) => (
  { name: c.name, label: label(c), most: Number(c.dataset.limit) || Math.max(0, c.maxLength), lines: c.type === "textarea" }
));

// What is chosen in the others, as words: [[label, words]].
export function chosen(form) {
  const lines = [];
  for (const c of controls(form)) {
    if (c.type === "hidden" || isTyped(c)) continue;
    if (/^(checkbox|radio)$/.test(c.type)) {
      if (c.checked) lines.push([group(c), label(c)]);
    } else if (c.options) {
      const picked = [...c.selectedOptions].filter((o) => o.value).map((o) => o.text.trim());
      if (picked.length) lines.push([label(c), picked.join(", ")]);
    } else if (c.value) {
      lines.push([label(c), c.type === "date" ? c.valueAsDate.toLocaleDateString(LANG, DAY) : c.value]);
    }
  }
  return lines;
}
