// Where the page speaks: #status about sending, #announce for screen readers, [data-line] about the connection.
import { words } from "./words.js";

function put(id, text) {
  const place = document.getElementById(id);
  if (place && place.textContent !== text) place.textContent = text;
}

let last = "", saidAt = 0;

export function say(word, values) {
  last = word;
  saidAt = performance.now();
  put("status", word && words(word, values));
}

// "Sent ✓" is about what was sent, not about what is being written now. `rest` leaves it in sight long enough to be read.
export function hush(rest = 0) {
  if (last !== "sent") return;
  const left = saidAt + rest - performance.now();
  if (left > 0) setTimeout(hush, left, rest);
  else say("");
}

document.addEventListener("input", ({ target }) => target.form?.matches("[data-outbox]") && hush());

export const announce = (word, values) => put("announce", words(word, values));

let failed = 0;

export function line(state, word = state) {
  if (state === "catching" && failed > 1) return; // one try more, and still away: no flicker
  for (const place of document.querySelectorAll("[data-line]")) {
    place.dataset.line = state;
    const text = (state === "offline" && place.dataset.offline) || words(word); // a console and a screen have words of their own
    if (place.textContent !== text) place.textContent = text;
  }
}

// Polling is a full way to take part, so a good answer counts as live; one bad one is not yet offline.
export function polled(good, socketOpen) {
  failed = good ? 0 : failed + 1;
  if (good) line("live");
  else if (!socketOpen && (failed > 1 || navigator.onLine === false)) line("offline", "offlineKept");
  else if (!socketOpen) line("catching");
}
