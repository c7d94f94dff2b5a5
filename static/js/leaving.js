// Where this window cannot keep words: says so while the person writes, and asks before unsent ones are closed away.
import { code, onlyHere } from "./store.js";
import { words } from "./words.js";

const unsent = () => ["draft", "out", "refused"].some((shelf) => onlyHere(`${code}:${shelf}:`));

document.addEventListener("throughline:nostore", ({ detail }) => {
  const note = Object.assign(document.createElement("p"), { id: "nostore", className: "note warn small", textContent: words(detail) });
  note.setAttribute("role", "alert");
  document.getElementById("mine")?.before(note);
  // Only now: a page that listens for this is not kept ready for Back by every browser.
  addEventListener("beforeunload", (e) => unsent() && e.preventDefault());
});
