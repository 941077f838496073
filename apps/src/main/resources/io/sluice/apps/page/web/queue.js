// Who goes next in each lane, and whom the router keeps.

import { element, list, say } from "/lists.js";
import { fill } from "/tables.js";
import { count, millis } from "/words.js";

const heads = document.getElementById("heads");
const rest = document.getElementById("heads-rest");
const keeps = document.getElementById("keeps");

const num = (text) => ({ text, kind: "num" });

/** A request, and the way to its life. */
const named = (id) => ({ text: id, link: `#request=${encodeURIComponent(id)}`, title: "what has become of it so far" });

const ORDERS = {
  KEYS: (policy) => `in the order of ${policy}`,
  TURNS: (policy) => `in the order of ${policy}, but tenants take turns, which no decision foretells`,
  ARRIVAL: (policy) => (policy === "" ? "by submission: nothing was dispatched yet that would name the lane's order" : `by submission: ${policy} goes by more than decisions tell, so the lane's own order differs`),
};

function from(at, now) {
  if (at === null) {
    return "–";
  }
  return at < now ? `${millis(now - at)} ago` : `in ${millis(at - now)}`;
}

function make() {
  const lane = element("article", "lane");
  const box = element("div", "wide");
  const table = element("table");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  table.append(element("caption"));
  box.append(table);
  lane.append(element("h3"), element("p", "facts"), box);
  return lane;
}

function facts({ waiting, unknown, policy, certainty, lastWords, intervalMillis }) {
  const known = `${count(waiting)} requests wait${unknown > 0 ? `, and ${count(unknown)} whose assignment this page has not read, somewhere among them` : ""}`;
  const pace = intervalMillis === null ? "too few dispatches in the last 5 min to say when" : `a dispatch each ${millis(intervalMillis)}`;
  const last = lastWords === null ? "" : `; the last one went by “${lastWords}”`;
  return `${known}; shown ${ORDERS[certainty](policy)}; ${pace}${last}.`;
}

function update(item, lane, now) {
  const [title, about, box] = item.children;
  say(title, lane.instance);
  say(about, facts(lane));
  const table = box.firstElementChild;
  box.setAttribute("aria-label", `Head of the queue of ${lane.instance}`);
  say(table.caption, `The first ${count(lane.entries.length)} of the queue`);
  const rows = lane.entries.map((entry) => [
    num(count(entry.position)),
    named(entry.request),
    entry.band,
    entry.tenant,
    entry.words,
    num(millis(Math.max(0, now - entry.submittedMillis))),
    num(from(entry.startMillis, now)),
    num(from(entry.assignedStartMillis, now)),
  ]);
  fill(table, [num("place"), "request", "class", "tenant", "place by", num("waits for"), num("starts, by the lane's pace"), num("was to start, when assigned")], rows, "nothing waits");
}

function kept(view, now) {
  const rows = view.keeps.map((entry) => [named(entry.request), entry.band, entry.tenant, entry.words, num(millis(Math.max(0, now - entry.submittedMillis)))]);
  fill(keeps, ["request", "class", "tenant", "kept because", num("waits for")], rows, "the router keeps nothing");
  say(keeps.caption, `Kept by the router, the oldest first: ${count(view.held)} requests in all`);
}

/** Shows them. */
export function showQueue(view, now) {
  list(heads, view.lanes, (lane) => lane.instance, make, (item, lane) => update(item, lane, now));
  const more = view.otherLanes > 0 ? `${count(view.otherLanes)} more lanes hold something, none longer; a filter by instance shows them.` : "";
  say(rest, view.lanes.length === 0 ? "No request is known to wait in a lane." : more);
  kept(view, now);
}
