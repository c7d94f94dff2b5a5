// A laptop that died and was put back from a copy may lack what was marked Sent: phones bring it again.
import { post } from "./net.js";
import * as queue from "./queue.js";
import { drain } from "./sender.js";

let asked = -Infinity;

export function refill() {
  queue.refill();
  drain();
}

// To a key that it knows the server gives the receipt of the first time, with that version. Anything else is a loss.
async function look() {
  const last = queue.history().pop();
  if (!last?.version || performance.now() - asked < 60000) return;
  asked = performance.now();
  try {
    const answer = await post(last.url, queue.bodyOf(last));
    const version = answer.header("X-Version");
    if (answer.status === 409 || (answer.ok && version && version !== last.version)) refill();
  } catch {
    asked = -Infinity; // away again: asked when it is back
  }
}

const soon = (act) => setTimeout(act, Math.random() * 5000); // not all phones in one moment
document.addEventListener("throughline:back", () => soon(look));
document.addEventListener("throughline:backwards", () => soon(refill));
if (queue.history().length) soon(look);
