// Dragging a [data-card] into another [data-lane] posts that card's own "Move to" form. The select is the real control.
import { refresh } from "./mine.js";

const made = new WeakSet();
const body = document.body;

function dropped({ item, to, from, newIndex, oldIndex }) {
  body.removeAttribute("data-dragging");
  const form = item.querySelector("form[data-move]");
  if (form && (to !== from || (newIndex !== oldIndex && form.elements.position))) {
    const lane = form.querySelector("[data-lane-field], select");
    lane.value = to.dataset.lane;
    if (form.elements.position) form.elements.position.value = newIndex;
    if (lane.value === to.dataset.lane) form.requestSubmit();
  }
  document.dispatchEvent(new Event("throughline:dropped"));
}

function lanes() {
  if (!window.Sortable) return;
  for (const lane of document.querySelectorAll("[data-lane]")) {
    if (made.has(lane)) continue;
    made.add(lane);
    window.Sortable.create(lane, {
      group: lane.closest("[data-lanes]")?.dataset.lanes || "lanes", draggable: "[data-card]",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      delay: 150, delayOnTouchOnly: true, touchStartThreshold: 5,
      filter: "a, button, input, select, textarea, summary, label", preventOnFilter: false,
      onStart: () => body.setAttribute("data-dragging", ""), onEnd: dropped,
    });
  }
}

for (const news of ["throughline:frame", "throughline:mine"]) document.addEventListener(news, lanes);
document.addEventListener("throughline:posted", ({ detail }) => {
  if (!detail.ok && detail.form.matches("[data-move]")) refresh(); // the card goes back where the server has it
});
lanes();
