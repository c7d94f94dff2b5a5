// "Not sent: kept on this phone": words that the server refused for good, with Copy, Send again and Discard.
// After the seat has gone to another phone everything that is not sent is here, with Copy alone.
import { copyFrom } from "./copy.js";
import { drafts } from "./drafts.js";
import { activityOf, shown } from "./forms.js";
import * as queue from "./queue.js";
import { hasMoved } from "./seat.js";
import { drain } from "./sender.js";
import { words } from "./words.js";

const make = (tag, values) => Object.assign(document.createElement(tag), values);

function button(word, act) {
  const made = make("button", { type: "button", className: "button quiet small", textContent: words(word) });
  made.addEventListener("click", () => act(made));
  return made;
}

function row({ text, why, item }) {
  const made = make("article", { className: "note stack" });
  const acts = make("div", { className: "row" });
  made.append(make("p", { className: "unsent-words", textContent: text, dir: "auto" }));
  if (why) made.append(make("p", { className: "small soft", textContent: words(why) }));
  made.append(acts);
  acts.append(button("copy", (own) => copyFrom(own, text)));
  if (!item) return made;
  acts.append(
    button("again", () => { queue.again(item); show(); drain(); }),
    button("discard", () => { if (confirm(words("discardAsk"))) { queue.discard(item); show(); } }),
  );
  return made;
}

function reason({ why, url }) {
  return why === "closed" && shown().open && activityOf(url) === shown().activity ? "reopened" : why;
}

function unsent() {
  const refused = queue.refused();
  if (!hasMoved()) return refused.map((item) => ({ text: item.text, key: item.key, why: reason(item), item }));
  const all = [...refused, ...queue.waiting(), ...drafts()].map((one) => ({ text: one.text || one.typed, key: one.key }));
  return all.filter((one) => one.text);
}

const title = () => words(hasMoved() ? "movedSeat" : queue.fleeting() ? "fleeting" : "notSent");

function show() {
  const items = unsent(), others = queue.others().length;
  let place = document.getElementById("unsent");
  if (!place && !items.length && !others) return;
  if (!place) {
    place = make("section", { id: "unsent", className: "stack" });
    document.getElementById("mine")?.after(place);
  }
  const keys = [others, ...items.map((one) => one.key + one.why), hasMoved()].join();
  if (place.dataset.keys === keys) return;
  place.dataset.keys = keys;
  place.replaceChildren(...(items.length ? [make("h2", { textContent: title() })] : []), ...items.map(row));
  if (others) place.append(make("p", { className: "note small", textContent: words("otherSeat", { n: others }) }));
}

for (const news of ["answered", "mine", "sent", "cleared", "removed", "back"]) document.addEventListener(`throughline:${news}`, show);
show();
