// Puts a frame, which is a whole snapshot with its version, into the zones of the page.
// htmx 4's morph keeps nodes, focus and typed values that are still there.
import { announce } from "./status.js";

const body = document.body;
const pageTitle = document.title;
const waiting = new Map();
const shown = new WeakMap();
const FIELD = "select, textarea, input:not([type=checkbox], [type=radio], [type=button], [type=submit])";

if (window.htmx) {
  window.htmx.config.history = false; // else it would answer Back by swapping the whole body
  // What the person opened stays open, and a form that is being sent stays locked, whatever the server's HTML says.
  const stays = ({ attrName, newValue }) => newValue === null && (attrName === "open" || attrName === "aria-busy");
  window.htmx.registerExtension("throughline", { htmx_before_morph_attr: (_, attribute) => !stays(attribute) });
}

// An open list or a half-typed field in a zone would be disturbed; so would a card in the hand.
function busy(zone) {
  const active = document.activeElement;
  if (zone.contains(active) && active.matches(FIELD)) return true;
  return body.hasAttribute("data-dragging") && Boolean(zone.querySelector("[data-lane]"));
}

export function morph(zone, html) {
  const held = zone.contains(document.activeElement);
  if (window.htmx) window.htmx.swap({ target: zone, sourceElement: zone, swap: "innerMorph ignoreTitle:true", text: html });
  else zone.innerHTML = html;
  if (!held || zone.contains(document.activeElement)) return;
  const place = zone.querySelector("h1, h2, h3") ?? zone; // focus is never lost to the top of the page
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

export function show(zone, html) {
  if (busy(zone)) return void waiting.set(zone, html);
  waiting.delete(zone);
  if (shown.get(zone) === html) return;
  morph(zone, html);
  shown.set(zone, html);
}

function retry() {
  for (const [zone, html] of waiting) if (zone.isConnected) show(zone, html);
}
for (const moment of ["focusout", "change", "throughline:dropped"]) document.addEventListener(moment, () => setTimeout(retry));

export const version = () => Number(body.dataset.version || 0);
// A restored copy goes on in the next million of versions (workshops/restoring.py).
export const million = (one) => Math.floor(Number(one || 0) / 1e6);

export function apply(frame) {
  const stage = body.dataset.stage;
  body.dataset.version = frame.v;
  if (frame.stage !== undefined) body.dataset.stage = frame.stage;
  for (const [id, html] of Object.entries(frame.zones ?? {})) {
    const zone = document.getElementById(id);
    try {
      if (zone) show(zone, html);
    } catch (error) {
      console.error(error); // one bad zone must not stop the others
    }
  }
  const title = document.querySelector("#shared :is(h1, h2)")?.textContent.trim();
  if (title && (stage !== body.dataset.stage || (frame.mine ?? "") !== (body.dataset.mine ?? ""))) {
    document.title = `${title} · ${pageTitle}`;
    announce("now", { title });
  }
  document.dispatchEvent(new CustomEvent("throughline:frame", { detail: frame }));
}
