// [data-stepper]: − and + on a number field. form[data-dots="5"] is a purse: the steppers in it share five dots.
import { words } from "./words.js";

const fieldOf = (stepper) => stepper.querySelector("input");
const number = (value, none) => (value && !Number.isNaN(Number(value)) ? Number(value) : none);
const total = (form) => number(form?.dataset.dots, Infinity);
const spent = (form) =>
  [...form.querySelectorAll("[data-stepper] input")].reduce((sum, field) => sum + number(field.value, 0), 0);

function room(field) {
  const left = field.form ? total(field.form) - spent(field.form) : Infinity;
  return Math.min(number(field.max, Infinity), number(field.value, 0) + left);
}

function set(field, wish) {
  const value = Math.max(number(field.min, 0), Math.min(wish, room(field)));
  if (value === number(field.value, 0) && field.value !== "") return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function dress(stepper) {
  const field = fieldOf(stepper);
  for (const step of [-1, 1]) {
    let button = stepper.querySelector(`[data-step="${step}"]`);
    if (!button) {
      button = Object.assign(document.createElement("button"), { type: "button", textContent: step < 0 ? "−" : "+" });
      button.dataset.step = step;
      const label = field.id && field.form?.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.textContent.trim();
      const name = field.getAttribute("aria-label") || label || "";
      button.setAttribute("aria-label", `${words(step < 0 ? "fewer" : "more")}: ${name}`);
      if (step < 0) field.before(button);
      else field.after(button);
    }
    const value = number(field.value, 0), stuck = step < 0 ? value <= number(field.min, 0) : value >= room(field);
    button.setAttribute("aria-disabled", field.disabled || stuck); // not disabled: the keyboard's focus would be lost
  }
}

function tell(form) {
  const all = total(form), used = spent(form), place = form.querySelector("[data-dots-left]");
  if (all === Infinity) return;
  const text = words("dotsLeft", { left: all - used, total: all });
  if (place && place.textContent !== text) place.textContent = text;
  form.querySelectorAll(".dots i").forEach((dot, at) => dot.classList.toggle("spent", at < used));
}

function refresh(root) {
  root.querySelectorAll("[data-stepper]").forEach(dress);
  root.querySelectorAll("form[data-dots]").forEach(tell);
}

document.addEventListener("click", (e) => {
  const button = e.target.closest("[data-stepper] [data-step]");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const field = fieldOf(button.closest("[data-stepper]"));
  set(field, number(field.value, 0) + Number(button.dataset.step));
});

// Before anything is kept or sent: a typed number cannot pass the purse.
document.addEventListener("input", ({ target: field }) => {
  if (!field.matches("[data-stepper] input")) return;
  const most = room(field), value = number(field.value, 0);
  const right = Math.max(number(field.min, 0), value > most ? most : value);
  if (field.value !== "" && right !== value) field.value = right;
  refresh(document);
}, true);

for (const news of ["throughline:mine", "throughline:filled", "throughline:frame"]) document.addEventListener(news, () => refresh(document));
document.addEventListener("throughline:arriving", ({ detail }) => refresh(detail));
refresh(document);
