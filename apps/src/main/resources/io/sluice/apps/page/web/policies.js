// The policies in force, and who changed what.

import { say } from "/lists.js";
import { inWords } from "/promises.js";
import { fill } from "/tables.js";
import { count, day } from "/words.js";

const inForce = document.getElementById("policies");
const changes = document.getElementById("changes");
const rest = document.getElementById("changes-rest");

const KINDS = {
  ORDERING: "ordering: who goes first in a lane",
  FAIRNESS: "fairness: whose turn it is among tenants",
  ADMISSION: "admission: who is let into a lane",
  PREEMPTION: "preemption: when a run is interrupted",
  BATCHING: "batching: when what waits is sent",
  ROUTING: "routing: which instance takes a request",
};

const FATES = {
  TAKEN: "✓ the job went by it from then on",
  AWAITED: "… the job has not taken it yet; if that stays so, it was refused (see the dead letters)",
  PASSED: "→ a later change holds; whether this one was taken before, or refused, is not known here",
};

function since({ sinceMillis, wasSet, version }) {
  if (sinceMillis === null) {
    return "–";
  }
  const changed = version === null ? "" : ` (after ${count(version)} changes)`;
  return wasSet ? `${day(sinceMillis)}${changed}` : `${day(sinceMillis)} or earlier${changed}`;
}

function what({ type, policies, instance, objective, removed }) {
  switch (type) {
    case "POLICY":
      return Object.entries(policies).map(([kind, policy]) => `${kind.toLowerCase()} ${policy}`).join(", ") || "no policy";
    case "OBJECTIVE":
      return objective === null ? `objective ${removed} removed` : `objective ${objective.id} set: ${inWords(objective)}`;
    case "DRAIN":
      return `drain ${instance}`;
    default:
      return `undrain ${instance}`;
  }
}

/** Shows them. */
export function showPolicies(view) {
  fill(
    inForce,
    ["kind", "policy in force", "since", "change"],
    view.inForce.map((one) => [KINDS[one.kind], one.policy ?? "no job has said yet", since(one), one.position ?? "–"]),
    "",
  );
  fill(
    changes,
    ["what", "when", "by", "why", "what became of it", "place in the log"],
    view.changes.map((one) => [what(one), day(one.atMillis), one.by ?? "–", one.reason ?? "–", one.fate === null ? "–" : FATES[one.fate], one.position]),
    "nobody has changed anything, as far back as the control topic goes",
  );
  const parts = [view.others > 0 ? `${count(view.others)} older changes are not shown.` : "", `Beside these ${count(view.requestOrders)} orders about single requests.`];
  say(rest, parts.filter((part) => part !== "").join(" "));
}
