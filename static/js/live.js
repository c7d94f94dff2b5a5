// Three ways to learn the newest version, always on: the frame, the heartbeat, and a GET. Any two may fail.
import { request } from "./net.js";
import { announce, line, polled, say } from "./status.js";
import * as socket from "./socket.js";
import { apply, version } from "./zones.js";

const body = document.body;
const url = body.dataset.versionUrl;
let asking, askedAt = -1000, timer = 0, due = 0, backwards = 0, gone = 0, lost = false, over = false;

function heardAgain() {
  if (lost) document.dispatchEvent(new Event("throughline:back"));
  lost = false;
}

function take(frame) {
  heardAgain();
  if (frame.v > version() && frame.zones) apply(frame);
  else if (frame.v !== version()) check(); // a heartbeat ahead of us, or a version behind: ask the server
}

function answered(answer, asked) {
  const frame = answer.status === 204 ? { v: asked } : JSON.parse(answer.text);
  if (frame.v >= asked) backwards = 0;
  if (frame.v > version()) apply(frame);
  // One answer may be late. Two that are behind what we asked with: the server was put back to an earlier state.
  if (asked !== version() || frame.v >= asked) return;
  backwards += 1;
  if (backwards < 2) return void setTimeout(check, 1500);
  backwards = 0;
  apply(frame);
  document.dispatchEvent(new Event("throughline:backwards"));
}

export async function check() {
  if (!url || over || (asking && performance.now() - askedAt < 300)) return;
  asking?.abort();
  const own = (asking = new AbortController()), asked = version();
  askedAt = performance.now();
  clearTimeout(timer);
  timer = 0;
  let good = false;
  try {
    const answer = await request(`${url}?v=${asked}`, { signal: own.signal }, 8000);
    if (own !== asking) return;
    gone = answer.status === 404 ? gone + 1 : 0;
    if (gone === 2) removed();
    if (!answer.ok) throw new Error(answer.status);
    answered(answer, asked);
    good = true;
  } catch (error) {
    if (own !== asking) return; // a newer question is on its way
  }
  asking = null;
  if (over) return;
  polled(good, socket.isOpen());
  socket.pollAnswered(good);
  if (good) heardAgain();
  else lost = true;
  next();
}

function next() {
  const wait = (socket.isOpen() && !lost ? 20000 : 3000) * (0.8 + Math.random() * 0.4), at = performance.now() + wait;
  if (over || asking || (timer && due <= at)) return; // an earlier question is set already
  clearTimeout(timer);
  due = at;
  timer = setTimeout(check, wait);
}

// The seat is on another phone now.
function removed() {
  say("removed");
  document.dispatchEvent(new Event("throughline:removed"));
}

function finished(why) {
  check(); // the last words of the day
  over = true;
  body.dataset.ended = why;
  line("offline");
  if (why === "removed") removed();
  else say(why);
  announce(why);
  document.dispatchEvent(new CustomEvent("throughline:end", { detail: why }));
}

// Phones sleep without a word. On waking: ask at once, and do not trust a socket that was silent.
let away = 0, tick = performance.now();
function woke() {
  if (document.visibilityState === "hidden") return;
  if (socket.silence() > 12000 || performance.now() - away > 10000) socket.open();
  away = performance.now();
  check();
}
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") away = performance.now();
  else woke();
});
addEventListener("pageshow", (e) => e.persisted && (socket.open(), check()));
addEventListener("online", () => { socket.open(); check(); });
addEventListener("offline", () => line("offline", "offlineKept"));
addEventListener("pagehide", socket.close);
for (const news of ["throughline:sent", "throughline:posted"]) document.addEventListener(news, () => socket.isOpen() || check());
setInterval(() => {
  const now = performance.now();
  if (now - tick > 15000) woke();
  tick = now;
}, 5000);

socket.start(take, finished, () => { lost = true; next(); });
check();
