// Alerts that are open, and those that ended a while ago.

import { element, list, say, set } from "/lists.js";
import { inWords, place, promised, subject } from "/promises.js";
import { clock, count, duration, millis, percent, times } from "/words.js";

const open = document.getElementById("alerts");
const further = document.getElementById("alerts-further");
const ended = document.getElementById("alerts-ended");
const news = document.getElementById("alerts-news");
const NAMED = 3;

/** More would push the objectives off the first screen. */
const AT_ONCE = 3;

const MARKS = { PAGE: "▲ page", TICKET: "● ticket" };
const CAUSES = {
  QUEUE_GROWTH: "the queue grows",
  INSTANCE_LOST: "an instance is lost",
  PREDICTION_DRIFT: "predictions are off",
  EXPIRY_WAVE: "many expire waiting",
  DISPATCH_LAG: "commands reach workers late",
};

const named = (alert) => subject(alert.promise, alert.scope, alert.value);

function make() {
  const item = element("li", "alert");
  const head = element("p", "alert-head");
  head.append(element("span", "severity"), " ", element("a"), " ", element("span", "message"));
  item.append(head, element("p", "facts"), element("ul", "causes"));
  return item;
}

function burn(window) {
  return `${times(window.rate)} over ${duration(window.windowMillis)}`;
}

function facts(alert, now) {
  const left = alert.attainment === null ? "" : `; ${percent(alert.attainment, 1)} kept of ${percent(alert.promise.target, 1)}, ${percent(alert.budgetLeft, 1)} of the budget left`;
  if (alert.resolvedMillis !== null) {
    return `resolved at ${clock(alert.resolvedMillis)}, open since ${clock(alert.openedMillis)} (${millis(alert.resolvedMillis - alert.openedMillis)})${left}`;
  }
  const minutes = Math.max(0, Math.floor((now - alert.openedMillis) / 60_000));
  return `since ${clock(alert.openedMillis)} (${count(minutes)} min); as of ${clock(alert.updatedMillis)} it burns ${burn(alert.longWindow)} and ${burn(alert.shortWindow)}, limit ${times(alert.factor)}${left}`;
}

function cause({ kind, detail, sinceMillis, instance }) {
  return `${CAUSES[kind] ?? kind}${instance === null ? "" : ` (${instance})`}, since ${clock(sinceMillis)}: ${detail}`;
}

function causes(item, alert) {
  const known = alert.causes.map(cause);
  const more = alert.otherCauses > 0 ? [`and ${count(alert.otherCauses)} more`] : [];
  const lines = known.length === 0 ? ["no cause is known"] : [...known, ...more];
  list(item, lines.map((text, i) => ({ text, i })), ({ i }) => String(i), () => element("li"), (line, { text }) => say(line, text));
}

function update(item, alert, now) {
  set(item, "id", alert.id);
  const [severity, link, message] = item.querySelectorAll(".alert-head > *");
  const over = alert.resolvedMillis !== null;
  say(severity, over ? "✓ resolved" : (MARKS[alert.severity] ?? alert.severity));
  set(severity, "className", `severity ${over ? "good" : alert.severity === "PAGE" ? "bad" : "warn"}`);
  say(link, named(alert));
  const target = `#${encodeURIComponent(place(alert.promise, alert.scope, alert.value))}`;
  if (link.getAttribute("href") !== target) {
    link.setAttribute("href", target);
  }
  set(link, "title", inWords(alert.promise));
  say(message, promised(alert.promise));
  set(message, "title", alert.message);
  say(item.children[1], facts(alert, now));
  causes(item.children[2], alert);
}

/** What a screen reader is told, which changes only when alerts open or end. */
function headline({ open: all, otherOpen, hiddenOpen, pages }) {
  const total = all.length + otherOpen;
  if (total === 0) {
    return hiddenOpen > 0 ? `No alert is open that the filter shows; ${count(hiddenOpen)} others are.` : "✓ No alert is open.";
  }
  const subjects = [...new Set(all.map(named))];
  const more = subjects.length > NAMED || otherOpen > 0 ? " and others" : "";
  return `▲ ${count(total)} ${total === 1 ? "alert is" : "alerts are"} open, ${count(pages)} to page somebody: ${subjects.slice(0, NAMED).join("; ")}${more}.${hiddenOpen > 0 ? ` The filter hides ${count(hiddenOpen)} others.` : ""}`;
}

/** Shows them. */
export function showAlerts(alerts, now, missing) {
  const quiet = alerts.open.length === 0;
  say(news, missing && quiet ? "The topic of alerts does not exist on this cluster: none can be shown." : headline(alerts));
  set(news, "className", quiet ? (missing || alerts.hiddenOpen > 0 ? "zero" : "good") : "bad");
  list(open, alerts.open.slice(0, AT_ONCE), (alert) => alert.id, make, (item, alert) => update(item, alert, now));
  list(further, alerts.open.slice(AT_ONCE), (alert) => alert.id, make, (item, alert) => update(item, alert, now));
  const more = alerts.open.length - AT_ONCE;
  set(further.parentElement, "hidden", more <= 0);
  say(further.parentElement.querySelector("summary"), `${count(more)} more open alerts, none worse`);
  list(ended, alerts.resolved, (alert) => alert.id, make, (item, alert) => update(item, alert, now));
  const others = alerts.otherResolved + alerts.resolved.length;
  const box = ended.parentElement;
  set(box, "hidden", others === 0);
  say(box.querySelector("summary"), `${count(others)} resolved in the last hour${alerts.otherResolved > 0 ? `, the newest ${count(alerts.resolved.length)} are shown` : ""}`);
  const left = alerts.leftOut > 0 ? ` Left out: ${count(alerts.leftOut)} records of alerts beyond the first 5,000.` : "";
  say(document.getElementById("alerts-rest"), `${alerts.otherOpen > 0 ? `${count(alerts.otherOpen)} more are open than can be listed, none worse.` : ""}${left}`);
}
