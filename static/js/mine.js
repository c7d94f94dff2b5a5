// The personal zone: fetched when its key changes, returned by each own POST; never over what someone is writing.
import { dirty, written } from "./drafts.js";
import { activityOf, isTyped, nameForms, revert } from "./forms.js";
import { keep } from "./kept.js";
import { isZone, request } from "./net.js";
import { handOn, isAnothers } from "./seat.js";
import { hush } from "./status.js";
import { million, morph, version } from "./zones.js";

const body = document.body;
const zone = document.getElementById("mine");
let wanted = body.dataset.mine, turn = 0, timer, tries = 0;
let pending = null, after = [], composing = false, typedAt = -9999;

export const isCurrent = (url) => activityOf(url) === (wanted ?? "").split(".")[0];
// Which opening of an activity this is. A restored copy counts its openings anew.
export const opening = (mine = body.dataset.mine) => `${million(version())}:${mine}`;

function held() {
  const field = document.activeElement;
  if (!zone.contains(field)) return false;
  const quiet = performance.now() - typedAt;
  if (composing) return true;
  if (field.tagName === "SELECT") return quiet < 8000; // its list may be open
  // Someone who is thinking gets the next activity; the words move to #kept with the caret in them.
  return isTyped(field) && field.form && dirty(field.form) && quiet < 4000;
}

function swap(html) {
  const page = document.createElement("template");
  page.innerHTML = html;
  const whole = page.content.getElementById("mine");
  const next = document.createElement("div");
  next.append(...(whole ?? page.content).childNodes);
  // Last call for saves that were about to go, and for buttons and hints to be added where the morph will look for them.
  document.dispatchEvent(new CustomEvent("throughline:arriving", { detail: next }));
  nameForms(zone);
  nameForms(next);
  const coming = [...next.querySelectorAll("form")].map((form) => form.dataset.draft);
  const dirties = [...zone.querySelectorAll("form")].filter(dirty);
  for (const form of dirties) {
    if (coming.includes(form.dataset.draft)) form.setAttribute("hx-morph-skip", "");
    else if (written(form)) keep(form);
  }
  morph(zone, next.innerHTML);
  for (const form of zone.querySelectorAll("form")) {
    form.removeAttribute("hx-morph-skip");
    if (!dirties.includes(form)) revert(form); // the morph leaves values alone
  }
}

function apply() {
  if (pending === null) return;
  if (held()) return void setTimeout(apply, 500);
  const html = pending, then = after;
  pending = null;
  after = [];
  swap(html);
  if (!isCurrent(`/a/${(body.dataset.mine ?? "").split(".")[0]}/`)) hush(8000);
  body.dataset.mine = wanted ?? "";
  document.dispatchEvent(new Event("throughline:mine"));
  for (const fn of then) fn();
}

export function put(html, then) {
  if (!zone) return;
  if (isAnothers(html)) return handOn();
  turn += 1;
  pending = html;
  if (then) after.push(then);
  apply();
}

export async function refresh() {
  const own = ++turn;
  clearTimeout(timer);
  try {
    const answer = await request(body.dataset.mineUrl);
    if (own !== turn) return soon(100); // something newer was shown meanwhile
    if (!answer.ok || !isZone(answer)) throw new Error(answer.status);
    tries = 0;
    put(answer.text);
  } catch {
    if (own === turn) soon(1000 * Math.min(++tries, 5));
  }
}

function soon(wait) {
  clearTimeout(timer);
  timer = setTimeout(refresh, wait);
}

if (zone && body.dataset.mineUrl) {
  document.addEventListener("throughline:frame", ({ detail }) => {
    if (detail.mine === undefined || detail.mine === wanted) return;
    wanted = detail.mine;
    soon(Math.random() * 400); // 150 phones do not ask in the same moment
  });
  document.addEventListener("throughline:stale", () => soon(Math.random() * 400));
  document.addEventListener("throughline:later", () => soon(1000 + Math.random() * 3000));
  const typing = () => { typedAt = performance.now(); };
  for (const act of ["input", "pointerdown", "keydown"]) zone.addEventListener(act, typing);
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", () => { composing = false; setTimeout(apply); });
  document.addEventListener("focusout", () => setTimeout(apply));
}
