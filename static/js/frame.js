// One frame is a whole snapshot of what this surface shares, with its version.
import { announce } from "./status.js";
import { show } from "./zones.js";

const body = document.body;
const name = document.title;
export const version = () => Number(body.dataset.version || 0);

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
    document.title = `${title} · ${name}`;
    announce("now", { title });
  }
  document.dispatchEvent(new CustomEvent("throughline:frame", { detail: frame }));
}
