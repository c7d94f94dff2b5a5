// What a form is called and what is in it.
const HIDDEN_NAMES = /^(key|csrfmiddlewaretoken)$/;
const NO_VALUE = /^(submit|button|image|reset|file|password|fieldset|output)$/;
const TYPED = /^(textarea|text|search|email|url|tel)$/;
const SEEN = /(^|_)(rev|version|seen)$|^was_/; // what the person saw when they began to write

export const isTyped = (control) => TYPED.test(control.type);
export const controls = (form) =>
  [...form.elements].filter((c) => c.name && !c.disabled && !HIDDEN_NAMES.test(c.name) && !NO_VALUE.test(c.type));

export function target(form, button) {
  const url = new URL(button?.getAttribute("formaction") || form.getAttribute("action") || location.href, location.href);
  return url.pathname + url.search;
}

export const activityOf = (path) => path?.match(/\/a\/(\d+)\//)?.[1];

// What the forms on the page belong to: the activity, and whether it is open.
export function shown() {
  const [activity, state] = (document.body.dataset.mine ?? "").split(".");
  return { activity, open: state === "open" };
}

// Forms that share an action are told apart by their id, or by the hidden number of their thing (card=7).
export function identity(form) {
  if (form.dataset.draft) return form.dataset.draft;
  const id = form.getAttribute("id");
  const own = id || [...form.elements].filter((c) => c.type === "hidden" && /^\d+$/.test(c.value) && !SEEN.test(c.name))
    .map((c) => `${c.name}=${c.value}`).join("&");
  return (form.dataset.draft = target(form) + "#" + own);
}

export const formsOf = (id) => [...document.forms].filter((form) => form.matches("[data-outbox]") && identity(form) === id);
export const findForm = (id) => formsOf(id).find((form) => form.closest("#mine")) ?? formsOf(id)[0];

export function changed(c) {
  if (c.type === "hidden") return false;
  if (c.type === "checkbox" || c.type === "radio") return c.checked !== c.defaultChecked;
  if (!c.options) return c.value !== c.defaultValue;
  const options = [...c.options];
  if (c.multiple || options.some((o) => o.defaultSelected)) return options.some((o) => o.selected !== o.defaultSelected);
  return c.selectedIndex > 0;
}

export const differs = (form) => controls(form).some(changed);
export const typedText = (form, all = false) =>
  controls(form).filter((c) => isTyped(c) && c.value.trim() && (all || changed(c))).map((c) => c.value).join("\n\n");

// Every form of a zone gets a name of its own, so that neither a draft nor the morph takes one form for another.
export function nameForms(root) {
  const taken = new Set();
  for (const form of root.querySelectorAll("form")) {
    let id = identity(form);
    while (taken.has(id)) id += "+";
    taken.add(id);
    form.dataset.draft = id;
    if (!form.getAttribute("id")) form.setAttribute("id", `form:${id}`);
  }
}

export function fields(form) {
  const kept = {};
  for (const c of controls(form)) {
    const values = (kept[c.name] ??= []);
    if (c.options) values.push(...[...c.selectedOptions].map((o) => o.value));
    else if (!/^(checkbox|radio)$/.test(c.type) || c.checked) values.push(c.value);
  }
  return kept;
}

export function fill(form, kept, withHidden = true) {
  const taken = {};
  for (const c of controls(form)) {
    const values = kept[c.name];
    if (!values || (!withHidden && c.type === "hidden")) continue;
    if (/^(checkbox|radio)$/.test(c.type)) c.checked = values.includes(c.value);
    else if (c.options) {
      if (c.multiple || [...c.options].some((o) => values.includes(o.value))) {
        for (const o of c.options) o.selected = values.includes(o.value);
      }
    } else {
      const place = (taken[c.name] = (taken[c.name] ?? -1) + 1);
      if (place in values && c.value !== values[place]) c.value = values[place];
    }
  }
}

// A form for changing what is there, not for adding one more.
export const isEdit = (form) =>
  form.hasAttribute("data-autosave") || controls(form).some((c) => SEEN.test(c.name) || (isTyped(c) && c.defaultValue));

// What is shown now is what was sent: no longer a difference, and what the next change begins from.
export function settle(form) {
  const now = fields(form);
  for (const c of controls(form)) {
    if (/^(checkbox|radio)$/.test(c.type)) c.defaultChecked = c.checked;
    else if (c.options) for (const o of c.options) o.defaultSelected = o.selected;
    else if (c.type !== "hidden") c.defaultValue = c.value;
    else if (c.name.startsWith("was_")) c.value = now[c.name.slice(4)]?.join(",") ?? c.value;
  }
}

// Shows what the server has, but leaves the field that someone is in.
export function revert(form) {
  for (const c of controls(form)) {
    if (!changed(c) || (isTyped(c) && c === document.activeElement)) continue;
    if (/^(checkbox|radio)$/.test(c.type)) c.checked = c.defaultChecked;
    else if (!c.options) c.value = c.defaultValue;
    else if (c.multiple || [...c.options].some((o) => o.defaultSelected)) for (const o of c.options) o.selected = o.defaultSelected;
    else c.selectedIndex = 0;
  }
}

// A save that takes the place of one that never left began where that one began.
export function begunWith(earlier, body) {
  const sent = new URLSearchParams(body);
  for (const [name, value] of new URLSearchParams(earlier)) if (name.startsWith("was_")) sent.set(name, value);
  return sent.toString();
}

export function encode(form, button) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (!HIDDEN_NAMES.test(name) && typeof value === "string") body.append(name, value);
  }
  if (button?.name) body.append(button.name, button.value);
  return body.toString();
}
