// Requests that end: a fetch with a limit, the freshest CSRF token, and the pause before another try.
import { handOn } from "./seat.js";

let fresh = "";

export async function request(url, options = {}, limit = 10000) {
  const stop = new AbortController();
  options.signal?.addEventListener("abort", () => stop.abort());
  const timer = setTimeout(() => stop.abort(), limit);
  try {
    const answer = await fetch(url, {
      cache: "no-store", credentials: "same-origin", redirect: "manual",
      ...options, headers: { "X-Throughline": "1", ...options.headers }, signal: stop.signal,
    });
    const text = await answer.text();
    return { status: answer.status, ok: answer.ok, text, header: (name) => answer.headers.get(name) };
  } finally {
    clearTimeout(timer);
  }
}

// Whether our own server can be reached with this seat: only it says X-Version.
export async function isHere() {
  try {
    const { versionUrl, version } = document.body.dataset;
    const answer = await request(`${versionUrl}?v=${version}`);
    return answer.ok && Boolean(answer.header("X-Version"));
  } catch {
    return false;
  }
}

// A captive portal or a sign-in page answers with a whole document: that is never a zone of ours.
export const isZone = (answer) => answer.status > 0 && !/<(!doctype|html)[\s>]/i.test(answer.text);

function token() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/)?.[1];
  const field = document.querySelector("#mine [name=csrfmiddlewaretoken]") ?? document.querySelector("[name=csrfmiddlewaretoken]");
  return cookie || fresh || field?.value || document.querySelector("meta[name=csrf]")?.content || "";
}

export async function freshToken() {
  const url = document.body.dataset.mineUrl;
  if (!url) return;
  const answer = await request(url);
  fresh = answer.text.match(/name="csrfmiddlewaretoken" value="([^"]+)"/)?.[1] ?? fresh;
}

export async function post(url, body) {
  const answer = await request(url, {
    method: "POST", body,
    headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "X-CSRFToken": token() },
  }, 15000);
  if (!answer.header("X-Other-Seat")) return answer;
  handOn();
  throw new Error("written under another name on this phone"); // to whoever sends: no answer, so it stays as it is
}

// full jitter, 0.25 to 8 s
export const pause = (tries, most = 8000) => 250 + Math.random() * (Math.min(most, 500 * 2 ** Math.min(tries, 10)) - 250);
