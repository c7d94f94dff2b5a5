// [data-ends-in-ms]: what is left, counted by the browser's own clock. For the eye only; nothing is decided by it.
import { announce } from "./status.js";
import { words } from "./words.js";

const ends = new WeakMap();
const SPOKEN = [[0, "timeUp"], [60, "minuteLeft"], [300, "minutesLeft"]];
let hidden = null;

function show(place) {
  const given = place.dataset.endsInMs, known = ends.get(place);
  if (known?.given !== given) {
    ends.set(place, { given, at: performance.now() + Number(given), said: Math.ceil(given / 1000) });
  }
  const own = ends.get(place), left = Math.max(0, Math.ceil((own.at - performance.now()) / 1000));
  const text = left ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : words("timeUp");
  if (place.textContent !== text) place.textContent = text;
  place.toggleAttribute("data-over", !left);
  const passed = SPOKEN.find(([mark]) => left <= mark && own.said > mark);
  own.said = left;
  if (passed && !document.activeElement?.matches("textarea, input")) announce(passed[1], { n: passed[0] / 60 });
}

const all = () => document.querySelectorAll("[data-ends-in-ms]").forEach(show);

// A sleeping phone's monotonic clock may stand still: what the wall clock says more has passed as well.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") {
    hidden = { wall: Date.now(), clock: performance.now() };
  } else if (hidden) {
    const slept = Date.now() - hidden.wall - (performance.now() - hidden.clock);
    if (slept > 1000 && slept < 12 * 3600 * 1000) {
      for (const place of document.querySelectorAll("[data-ends-in-ms]")) if (ends.has(place)) ends.get(place).at -= slept;
    }
    hidden = null;
    all();
  }
});

for (const news of ["throughline:frame", "throughline:mine"]) document.addEventListener(news, all);
setInterval(all, 250);
all();
