// The facilitator's console: forms[data-post] go by fetch, and the answer is the desk.
import { encode, settle, target, typedText } from "./forms.js";
import { put } from "./mine.js";
import { freshToken, isZone, pause, post } from "./net.js";
import { say } from "./status.js";
import { newKey } from "./store.js";
import "./copy.js";
import "./countdown.js";
import "./kept.js";
import "./live.js";
import "./sort.js";

const rest = (wait) => new Promise((done) => setTimeout(done, wait));

// The same key each time: a reply that was lost does nothing twice.
async function send(url, body) {
  for (let tries = 0; tries < 4; tries += 1) {
    if (tries) await rest(pause(tries, 2000));
    try {
      const answer = await post(url, body);
      if (answer.status === 403) await freshToken();
      else if (answer.status && answer.status !== 429 && answer.status < 500) return answer;
    } catch { /* once more */ }
  }
  return null;
}

document.addEventListener("submit", async (e) => {
  const form = e.target, button = e.submitter;
  if (!form.matches("form[data-post]") || form.enctype === "multipart/form-data") return;
  e.preventDefault();
  if (form.getAttribute("aria-busy") === "true" || (form.dataset.ask && !confirm(form.dataset.ask))) return;
  form.setAttribute("aria-busy", "true");
  say("sending");
  const answer = await send(target(form, button), `${encode(form, button)}&key=${newKey()}`);
  form.removeAttribute("aria-busy");
  document.dispatchEvent(new CustomEvent("throughline:posted", { detail: { form, ok: Boolean(answer?.ok) } }));
  if (!answer) return say("failed");
  if (answer.ok) {
    if (form.hasAttribute("data-empty")) form.reset();
    settle(form);
  }
  say(answer.ok ? "sent" : "refused");
  if (isZone(answer) && [200, 409, 422].includes(answer.status)) {
    put(answer.text, () => answer.ok || explain());
  }
});

// The desk may be that of the next activity a moment later: what it said stays to be read.
function explain() {
  document.querySelector("#mine :is([role=alert], [aria-invalid=true])")?.focus();
  const why = document.querySelector("#mine [role=alert]")?.textContent.trim();
  if (why) document.getElementById("status").textContent = why;
}

// Nothing that is typed here is kept elsewhere before it is sent.
addEventListener("beforeunload", (e) => {
  if ([...document.querySelectorAll("#mine form, #kept form")].some((form) => typedText(form))) e.preventDefault();
});
