// Whose phone this is now. Another tab, or Back, may still show the page of somebody who has handed the phone on.
import { code, read, watch, write } from "./store.js";

export const seat = document.body.dataset.seat ?? "";
const name = `${code}:seat`;

export const isOurs = (item) => !item.seat || !seat || item.seat === seat;
export const handedOn = () => Boolean(seat && read(name) && read(name) !== seat);

if (seat) write(name, seat);
watch((changed, value) => changed === name && seat && value && value !== seat && location.reload());
addEventListener("pageshow", (e) => e.persisted && handedOn() && location.reload());
