// Words a person reads. A page may bring translations: <template id="words"><i data-word="sent">Sent ✓</i> …</template>
const english = {
  saved: "Saved on this phone",
  savedMany: "Saved on this phone · {n} waiting",
  sending: "Sending",
  sent: "Sent ✓",
  notSent: "Not sent: kept on this phone",
  closed: "This activity has closed.",
  tooLong: "These words are too long to send.",
  refused: "This could not be taken as it is.",
  otherSeat: "Written under another name on this phone, to be sent when that person is back: {n}",
  again: "Send again",
  send: "Send",
  copy: "Copy",
  copied: "Copied",
  discard: "Discard",
  discardAsk: "Throw these words away? They have not been sent.",
  clearAsk: "Clear everything that Throughline keeps on this phone?",
  clearAskUnsent: "{n} not sent yet would be lost. Clear this phone all the same?",
  cleared: "This phone is cleared",
  yourWords: "Your words",
  draft: "Draft kept on this phone",
  count: "{n} of {limit}",
  movedOn: "This activity has moved on. Your words are still here.",
  noStore: "This window cannot keep your words. Please open this page in your browser (Safari, Chrome, Firefox).",
  live: "Live",
  catching: "Catching up",
  offline: "Offline",
  removed: "You have left this workshop on this phone.",
  over: "This workshop is over.",
  now: "Now: {title}",
  timeUp: "time is up",
  minutesLeft: "{n} minutes left",
  minuteLeft: "1 minute left",
  dotsLeft: "{left} of {total} dots left",
  fewer: "One fewer",
  more: "One more",
  privacy: "This looks like {what}. Please leave out anything that could identify a patient.",
  nhs: "an NHS number",
  birth: "a date of birth",
  postcode: "a postcode",
  phone: "a phone number",
  email: "an e-mail address",
  name: "a person’s name",
  failed: "That did not reach the server. Please try again.",
};

const page = document.getElementById("words")?.content;

export function words(name, values = {}) {
  const text = page?.querySelector(`[data-word="${name}"]`)?.textContent ?? english[name];
  return text.replace(/\{(\w+)\}/g, (_, value) => values[value] ?? "");
}
