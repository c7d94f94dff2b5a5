// One word about the connection, in [data-line]: live, catching up or offline.
import { words } from "./words.js";

let failed = 0;

export function line(state) {
  for (const place of document.querySelectorAll("[data-line]")) {
    place.dataset.line = state;
    const text = words(state);
    if (place.textContent !== text) place.textContent = text;
  }
}

// Polling is a full way to take part, so a good answer counts as live; one bad one is not yet offline.
export function polled(good, socketOpen) {
  failed = good ? 0 : failed + 1;
  if (good) line("live");
  else if (!socketOpen) line(failed > 1 || navigator.onLine === false ? "offline" : "catching");
}
