// The outbox on this phone: what waits, what was sent in the last 24 hours, what was refused. One entry an item.
import { isOurs } from "./seat.js";
import { code, names, onlyHere, read, remove, write } from "./store.js";

const DAY = 24 * 3600 * 1000;
const place = (shelf, item) => `${code}:${shelf}:${item.when}-${item.key}`;
const every = (shelf) => names(`${code}:${shelf}:`).map(read).filter(Boolean);
const all = (shelf) => every(shelf).filter(isOurs);

// What somebody else wrote on this phone is neither sent nor shown under this name: it waits for them.
export const others = () => ["out", "refused"].flatMap(every).filter((item) => !isOurs(item));
export const waiting = () => all("out");
export const refused = () => all("refused");
export const fleeting = () => ["out", "refused"].some((shelf) => onlyHere(`${code}:${shelf}:`));
export const history = () => all("sent");

// Sorts after everything that waits, even if the phone's clock was put back.
function stamp() {
  const last = waiting().pop()?.when ?? "";
  const now = Date.now().toString(36).padStart(9, "0") + "000";
  if (now > last) return now;
  return last.slice(0, 9) + (parseInt(last.slice(9), 36) + 1).toString(36).padStart(3, "0");
}

export function add(item) {
  const own = { ...item, when: stamp() };
  write(place("out", own), own);
}

export const drop = (item) => remove(place("out", item));
export const find = (key) => [...waiting(), ...history()].find((item) => item.key === key);

// Written before the other is removed: a crash between the two leaves the words twice, never not at all.
function move(item, shelf, more) {
  write(place(shelf, item), { ...item, ...more });
  drop(item);
}

export function sent(item, version) {
  move(item, "sent", { sentAt: Date.now(), version });
  discard(item); // it may have been refused before, while its activity was not open again
}
export const refuse = (item, why, more) => move(item, "refused", { why, ...more });
export const postpone = (item) => { add(item); drop(item); };
export const discard = (item) => remove(place("refused", item));

export function again(item) {
  add(item);
  discard(item);
}

// Everything of the last day (or some of it) goes once more, each with its own key.
export function refill(some = () => true) {
  for (const item of history().filter(some)) write(place("out", item), item);
}

export const bodyOf = (item) => `${item.body}&key=${encodeURIComponent(item.key)}`;

export function prune() {
  for (const name of names()) {
    if (name.includes(":sent:") && Date.now() - (read(name)?.sentAt ?? 0) > DAY) remove(name);
  }
}
