// Dragging a [data-card] into another [data-lane] posts that card's own "Move to" form. The select is the real control.
import { revert } from "./forms.js";

const made = new WeakSet();
const origin = new WeakMap();
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
      onStart: ({ item, from }) => {
        body.setAttribute("data-dragging", "");
        origin.set(item, { from, next: item.nextElementSibling });
      },
      onEnd: dropped,
    });
  }
}

for (const news of ["throughline:frame", "throughline:mine"]) document.addEventListener(news, lanes);
document.addEventListener("throughline:posted", ({ detail }) => {
  const card = detail.form.closest("[data-card]"), { from, next } = origin.get(card) ?? {};
  if (detail.ok || !from?.isConnected) return;
  from.insertBefore(card, next?.parentNode === from ? next : null); // back where the server has it
  revert(detail.form);
});
lanes();
