// Sends what waits, oldest first, for ever: until the server says yes, or says no for good.
import { draftOf, save } from "./drafts.js";
import { fill, findForm } from "./forms.js";
import * as lease from "./lease.js";
import { isCurrent, opening, put } from "./mine.js";
import { freshToken, isHere, isZone, pause, post } from "./net.js";
import * as queue from "./queue.js";
import { handedOn, hasMoved } from "./seat.js";
import { say } from "./status.js";
import { watch } from "./store.js";

// What ends a sending. 409 and 422 from our own server are signed; the others may be a captive portal's as well.
const NEVER = { 400: "refused", 403: "refused", 404: "refused", 405: "refused", 409: "closed", 410: "closed", 413: "tooLong", 422: "refused" };
let running = false, wake = null, sending = "", doubted = "", tries = 0, errors = 0, denied = 0;

export const underWay = () => sending;
const tell = (name) => document.dispatchEvent(new Event(name));

function rest(wait) {
  return new Promise((done) => {
    wake = done;
    setTimeout(done, wait);
  });
}

function accepted(item, answer) {
  queue.sent(item, answer.header("X-Version"));
  const more = queue.waiting();
  if (!more.length) say("sent");
  const last = isCurrent(item.url) && !more.some((other) => isCurrent(other.url));
  if (last && answer.header("X-Later")) tell("throughline:later"); // everybody sends at once: the zone can wait
  else if (last && isZone(answer)) put(answer.text);
  tell("throughline:sent");
}

// The words go back into their form if it is still there and empty; else they are listed with Copy.
function home(item) {
  const form = findForm(item.id);
  if (!form || !form.closest("#mine") || draftOf(form)) return tell("throughline:answered");
  const kept = {};
  for (const [name, value] of new URLSearchParams(item.body)) (kept[name] ??= []).push(value);
  fill(form, kept, false);
  save(form, true);
  queue.discard(item);
  tell("throughline:filled");
  tell("throughline:answered");
  document.querySelector("#mine :is([role=alert], [aria-invalid=true])")?.focus();
}

function declined(item, answer, why) {
  const mine = answer.header("X-Mine");
  // Refused while it is open, it does not go by itself in this opening (refill.js).
  if (item.text) queue.refuse(item, why, mine?.split(".")[1] === "open" ? { opening: opening(mine) } : {});
  else queue.drop(item);
  say(!item.text ? (why === "closed" ? "notCounted" : why) : queue.fleeting() ? "fleeting" : "notSent");
  const back = () => (item.text ? home(item) : tell("throughline:answered"));
  const zone = (answer.status === 409 || answer.status === 422) && isZone(answer) && isCurrent(item.url);
  if (zone) put(answer.text, back);
  else tell("throughline:answered");
}

// A refusal that nobody signed counts the second time, if between the two our server has answered for itself.
async function isFinal(item, answer, doubtedBefore) {
  if (!NEVER[answer.status] || (denied && denied < 3)) return false;
  if (answer.header("X-Mine") || answer.header("X-Version") || doubtedBefore) return true;
  if (await isHere()) doubted = item.key;
  return false;
}

async function attempt(item) {
  const doubtedBefore = doubted === item.key;
  let answer, final;
  sending = item.key;
  doubted = "";
  try {
    answer = await post(item.url, queue.bodyOf(item));
    denied = answer.status === 403 ? denied + 1 : 0;
    if (denied && denied < 3) await freshToken();
    final = await isFinal(item, answer, doubtedBefore);
  } catch {
    return false;
  } finally {
    sending = "";
  }
  // Only our own server says X-Version: a captive portal's "200" must not cost anybody their words.
  if (answer.ok && answer.header("X-Version")) accepted(item, answer);
  else if (final) declined(item, answer, NEVER[answer.status]);
  else {
    // One item that breaks the server must not keep the others back: it waits behind them.
    const many = answer.status === 500 ? 6 : NEVER[answer.status] ? 30 : 0;
    errors = many ? errors + 1 : 0;
    if (errors && errors % many === many - 1) queue.postpone(item);
    await rest(Math.min(30, Number(answer.header("Retry-After")) || 0) * 500 * (1 + Math.random()));
    return false;
  }
  return true;
}

export function saved() {
  const n = queue.waiting().length;
  if (n && !hasMoved()) say(queue.fleeting() ? "fleeting" : n > 1 ? "savedMany" : "saved", { n });
}

export async function drain() {
  if (running) return wake?.();
  running = true;
  const keep = setInterval(lease.renew, 2000);
  try {
    for (let item; (item = queue.waiting()[0]); ) {
      if (handedOn() || !(await lease.take())) break;
      if (!tries) say("sending");
      tries = (await attempt(item)) ? 0 : tries + 1;
      if (!tries) continue;
      saved();
      await rest(pause(tries));
    }
  } finally {
    clearInterval(keep);
    lease.release();
    running = false;
  }
}

for (const moment of ["online", "pageshow"]) addEventListener(moment, drain);
for (const moment of ["visibilitychange", "throughline:back"]) document.addEventListener(moment, () => document.hidden || drain());
setInterval(() => queue.waiting().length && !running && drain(), 2000);

// Another tab has sent something of ours: say so, and show what it brought.
watch((name, value) => {
  if (running || !name.includes(":sent:") || !value) return;
  if (!queue.waiting().length) say("sent");
  if (isCurrent(value.url)) tell("throughline:stale");
});
queue.prune();
drain();
