// [data-privacy]: while typing, on this phone only, a word of warning about what could identify a patient. It never blocks.
import { words } from "./words.js";

function nhs(text) {
  return (text.match(/\b\d{3}[ -]?\d{3}[ -]?\d{4}\b/g) ?? []).some((found) => {
    const d = found.replace(/\D/g, "");
    const sum = [...d].slice(0, 9).reduce((total, digit, at) => total + digit * (10 - at), 0);
    return (11 - (sum % 11)) % 11 === Number(d[9]); // a remainder of 10 is never a check digit
  });
}

const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
const NUMBERS = "\\d{1,2}[/.-]\\d{1,2}[/.-](\\d{4}|\\d{2})";
const WRITTEN = `\\d{1,2}(?:st|nd|rd|th)? ${MONTH},? (\\d{4})`;
const DATE = new RegExp(`\\b(?:${NUMBERS}|${WRITTEN}|(\\d{4})-\\d{2}-\\d{2})\\b`, "gi");

function birth(text) {
  const thisYear = new Date().getFullYear();
  return [...text.matchAll(DATE)].some((found) => {
    const written = found[1] ?? found[2] ?? found[3];
    const year = written.length > 2 ? Number(written) : Number(written) + (Number(written) > thisYear % 100 ? 1900 : 2000);
    const before = text.slice(Math.max(0, found.index - 24), found.index);
    return (year > 1900 && year < thisYear - 5) || /\b(born|birth|d\.?o\.?b)\b/i.test(before); // "by 30 September" is a deadline
  });
}

const POSTCODE = /\b[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b/;
const ORDINAL = /[A-Z]*\d(ST|ND|RD|TH|AM|PM)\b/g; // "T1 2nd" is an imaging sequence
const shout = (text) => text.replace(/\b[a-z\d]+\b/g, (word) => word.toUpperCase()).replace(ORDINAL, "");
const postcode = (text) => POSTCODE.test(text) || POSTCODE.test(shout(text));

function phone(text) {
  return (text.match(/(?:\+44|\b0|\(0)[\d ()-]{8,15}\d/g) ?? []).some((found) => {
    const digits = found.replace(/\D/g, "").replace(/^44/, "0");
    return /^0[1-9]\d{8,9}$/.test(digits);
  });
}

const email = (text) => /[^\s@]+@[^\s@]+\.[a-z]{2,}/i.test(text);
const name = (text) => /\b(Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Sister|Nurse)\.? \p{Lu}\p{Ll}+/u.test(text);

const CHECKS = { nhs, birth, postcode, phone, email, name };
const suspect = (text) => Object.keys(CHECKS).find((what) => CHECKS[what](text));

function look(field) {
  const what = suspect(field.value), text = what ? words("privacy", { what: words(what) }) : "";
  let note = document.getElementById(field.dataset.privacyNote);
  if (!note) {
    if (!text) return;
    const id = `privacy-${Math.random().toString(36).slice(2)}`;
    note = Object.assign(document.createElement("p"), { id, className: "note small" });
    note.setAttribute("role", "status");
    field.dataset.privacyNote = note.id;
    field.after(note);
  }
  note.hidden = !text;
  if (note.textContent !== text) note.textContent = text;
}

const all = () => document.querySelectorAll("[data-privacy]").forEach(look);
let timer;
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-privacy]")) return;
  clearTimeout(timer);
  timer = setTimeout(look, 500, target);
});
document.addEventListener("throughline:filled", all);
all();
