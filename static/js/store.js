// What is kept on this phone. One entry an item, so two tabs never write over each other's; memory where storage is refused.
const PREFIX = "throughline:";
const memory = new Map();
let told = false;

export const code = ((document.body.dataset.versionUrl || location.pathname).match(/\/w\/([^/]+)/)?.[1] ?? "")
  .replace("-", "").toUpperCase();

function trouble(problem) {
  if (told) return;
  told = true;
  let full = false;
  try {
    full = problem.name === "QuotaExceededError" && localStorage.length > 0;
  } catch { /* refused altogether */ }
  document.dispatchEvent(new CustomEvent("throughline:nostore", { detail: full ? "storeFull" : "noStore" }));
}

export function write(name, value) {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(PREFIX + name, text);
    memory.delete(name);
  } catch (problem) {
    memory.set(name, text);
    trouble(problem);
  }
}

export function read(name) {
  try {
    return JSON.parse(memory.get(name) ?? localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

export function remove(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch { /* nothing was kept */ }
}

export function names(start = "") {
  let found = [...memory.keys()];
  try {
    found = found.concat(Object.keys(localStorage).filter((k) => k.startsWith(PREFIX)).map((k) => k.slice(PREFIX.length)));
  } catch { /* memory only */ }
  return [...new Set(found)].filter((name) => name.startsWith(start)).sort();
}

// Whether something of this is lost when the page is closed.
export const onlyHere = (start) => [...memory.keys()].some((name) => name.startsWith(start));

// fn(name, value) when another tab has changed something; value is null when it was removed
export function watch(fn) {
  addEventListener("storage", (e) => {
    if (!e.key?.startsWith(PREFIX)) return;
    let value = null;
    try { value = JSON.parse(e.newValue); } catch { /* not ours to read */ }
    fn(e.key.slice(PREFIX.length), value);
  });
}

export function probe() {
  write("probe", 1);
  remove("probe");
}

// 22 url-safe characters; crypto.randomUUID does not exist on plain http.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
