// A laptop that died and was put back from a copy may lack what was marked Sent: phones bring it again.
import { shown } from "./forms.js";
import { isCurrent, opening } from "./mine.js";
import { post } from "./net.js";
import * as queue from "./queue.js";
import { drain } from "./sender.js";
import { code, read, write } from "./store.js";
import * as zones from "./zones.js";

const million = zones.million;
let asked = -Infinity, leaping = false;

export function refill(some) {
  queue.refill(some);
  drain();
}

// Seen once that the server was restored, everything goes again; and what belongs to an activity that is not open there
// yet goes when it opens.
const place = `${code}:million`;

function leapt() {
  const now = million(zones.version()), before = read(place) ?? million(queue.history().pop()?.version ?? zones.version());
  if (now <= before || leaping) return;
  leaping = true;
  soon(() => {
    refill();
    write(place, now); // not before: a page that is closed now has to see it again
    leaping = false;
  });
}

function opened() {
  const now = million(zones.version());
  if (now) refill((item) => isCurrent(item.url) && million(item.version) < now);
  if (shown().open) tooLateBefore(opening());
}

// What came when its activity was closed (or, after a restore, not open yet) goes once more each time that opens.
function tooLateBefore(now) {
  const late = queue.refused().filter((one) => one.why === "closed" && isCurrent(one.url) && one.opening !== now);
  for (const item of late) queue.again({ ...item, opening: now });
  if (late.length) drain();
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
document.addEventListener("throughline:frame", leapt);
document.addEventListener("throughline:mine", opened);
if (queue.history().length) soon(look);
leapt();
