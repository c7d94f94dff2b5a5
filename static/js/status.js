// The two places where the page speaks: #status about sending, and #announce (if there is one) for screen readers.
import { words } from "./words.js";

function put(id, text) {
  const place = document.getElementById(id);
  if (place && place.textContent !== text) place.textContent = text;
}

export const say = (word, values) => put("status", words(word, values));
export const announce = (word, values) => put("announce", words(word, values));

// Said once, where the person is about to write.
document.addEventListener("throughline:nostore", () => {
  const note = Object.assign(document.createElement("p"), { className: "note", textContent: words("noStore") });
  note.setAttribute("role", "alert");
  (document.getElementById("mine") ?? document.body.firstElementChild)?.before(note);
});
