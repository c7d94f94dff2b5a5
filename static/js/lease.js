// Two tabs share one outbox: the one that holds the lease sends. Web Locks do not exist on plain http.
// A lease is a courtesy: if two hold it for a moment, the keys still keep every answer single.
import { code, newKey, read, remove, write } from "./store.js";

const me = newKey();
const name = `${code}:lease`;
const LENGTH = 6000;
const free = (lease) => !lease || lease.tab === me || lease.until < Date.now() || lease.until > Date.now() + 2 * LENGTH;

const hold = () => write(name, { tab: me, until: Date.now() + LENGTH });
const mine = () => read(name)?.tab === me;

export function renew() {
  if (mine()) hold();
}

let leaving = false;

export async function take() {
  const lease = read(name);
  if (leaving || !free(lease)) return false;
  hold();
  if (lease?.tab === me) return true;
  await new Promise((done) => setTimeout(done, 30 + Math.random() * 30));
  return mine();
}

export function release() {
  if (mine()) remove(name);
}

// A page that goes must not take the lease along: the next one sends.
addEventListener("pagehide", () => { leaving = true; release(); });
addEventListener("pageshow", () => { leaving = false; });
