// "Not sent: kept on this phone": words that the server refused for good, with Copy, Send again and Discard.
import { copyFrom } from "./copy.js";
import * as queue from "./queue.js";
import { drain } from "./sender.js";
import { words } from "./words.js";

const make = (tag, values) => Object.assign(document.createElement(tag), values);

function button(word, act) {
  const made = make("button", { type: "button", className: "button quiet small", textContent: words(word) });
  made.addEventListener("click", () => act(made));
  return made;
}

function row(item) {
  const made = make("article", { className: "note stack" });
  const said = make("p", { className: "unsent-words", textContent: item.text, dir: "auto" });
  const why = make("p", { className: "small soft", textContent: words(item.why) });
  const acts = make("div", { className: "row" });
  acts.append(
    button("copy", (own) => copyFrom(own, item.text)),
    button("again", () => { queue.again(item); show(); drain(); }),
    button("discard", () => { if (confirm(words("discardAsk"))) { queue.discard(item); show(); } }),
  );
  made.append(said, why, acts);
  return made;
}

function show() {
  const items = queue.refused(), others = queue.others().length;
  let place = document.getElementById("unsent");
  if (!place && !items.length && !others) return;
  if (!place) {
    place = make("section", { id: "unsent", className: "stack" });
    document.getElementById("mine")?.after(place);
  }
  const keys = [others, ...items.map((item) => item.key)].join();
  if (place.dataset.keys === keys) return;
  place.dataset.keys = keys;
  place.replaceChildren(...(items.length ? [make("h2", { textContent: words(queue.fleeting() ? "fleeting" : "notSent") })] : []), ...items.map(row));
  if (others) place.append(make("p", { className: "note small", textContent: words("otherSeat", { n: others }) }));
}

for (const news of ["answered", "mine", "sent", "cleared"]) document.addEventListener(`throughline:${news}`, show);
show();
