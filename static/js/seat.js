// Whose phone this is now. Another tab, or Back, may still show the page of somebody who has handed the phone on.
import { code, newKey, read, watch, write } from "./store.js";

export const seat = document.body.dataset.seat ?? "";
const name = `${code}:seat`;

let gone = false;

// A key says for whom it was made: the server takes it from nobody else.
export const keyHere = () => (seat ? `p${seat}.${newKey()}` : newKey());
export const isAnothers = (html) => (html.match(/name="key" value="p(\d+)\./)?.[1] ?? seat) !== seat;
export const isOurs = (item) => !item.seat || !seat || item.seat === seat;
export const handedOn = () => gone || Boolean(seat && read(name) && read(name) !== seat);

// The cookie has become somebody else's: nothing more goes out from here, and the page becomes theirs.
export function handOn() {
  gone = true;
  location.reload();
}

// Said by our server, or by a captive portal that answers 404 to everything: so it is taken back when we hear again.
let moved = false;
export const hasMoved = () => moved;
document.addEventListener("throughline:removed", () => { moved = true; });
document.addEventListener("throughline:back", () => { moved = false; });

if (seat) write(name, seat);
watch((changed, value) => changed === name && seat && value && value !== seat && location.reload());
addEventListener("pageshow", (e) => e.persisted && handedOn() && location.reload());
