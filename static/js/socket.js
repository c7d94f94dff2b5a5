// The socket: opened again after every close but "removed" and "over", and when nothing was heard for 25 s.
import { pause } from "./net.js";
import { line } from "./status.js";

const FINAL = { 4401: "removed", 4410: "over" };
const path = document.body.dataset.socket;
let socket, timer, started = 0, heard = 0, tries = 0, polling = false, ended = false, listen, end, down;

export const isOpen = () => socket?.readyState === 1 && heard >= started;
export const silence = () => performance.now() - heard;

// Some phones never close a dead socket: it is let go, not waited for.
function drop() {
  clearTimeout(timer);
  if (!socket) return;
  socket.onopen = socket.onmessage = socket.onclose = null;
  try { socket.close(); } catch { /* already gone */ }
  socket = null;
}

function later() {
  if (ended) return;
  clearTimeout(timer);
  line("catching");
  down();
  // Where polling works and sockets never do, a proxy refuses them: ask seldom.
  timer = setTimeout(open, pause(tries, polling && tries > 4 ? 60000 : 8000));
  tries += 1;
}

export function open() {
  drop();
  if (!path || ended) return;
  started = performance.now();
  try {
    socket = new WebSocket(location.origin.replace(/^http/, "ws") + path);
  } catch {
    return later();
  }
  const own = socket;
  socket.onmessage = ({ data }) => {
    heard = performance.now();
    tries = 0;
    line("live");
    const frame = JSON.parse(data);
    listen(frame);
    if (frame.zones && own.readyState === 1) own.send(`a:${frame.v}`);
  };
  socket.onclose = ({ code }) => {
    socket = null;
    if (!FINAL[code]) return later();
    ended = true;
    end(FINAL[code]);
  };
}

export function close() {
  drop();
}

// A server that answers again after a silence: no reason to wait any longer.
export function pollAnswered(good) {
  if (good && !polling && !socket) {
    tries = 0;
    clearTimeout(timer);
    timer = setTimeout(open, Math.random() * 1000);
  }
  polling = good;
}

export function start(onFrame, onEnd, onDown) {
  [listen, end, down] = [onFrame, onEnd, onDown];
  setInterval(() => {
    const age = performance.now() - Math.max(started, heard);
    if (socket && age > (isOpen() ? 25000 : 5000)) {
      drop();
      later();
    }
  }, 2000);
  open();
}
