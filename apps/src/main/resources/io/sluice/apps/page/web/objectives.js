// The objectives: how much of each promise was kept, and what is left of its error budget.

import { say } from "/lists.js";
import { inWords, place, promised, subject, verdict, whose } from "/promises.js";
import { fill } from "/tables.js";
import { clock, count, duration, percent, times } from "/words.js";

const table = document.getElementById("objectives");
const source = document.getElementById("objectives-source");
const summary = document.getElementById("objectives-summary");
const rest = document.getElementById("objectives-rest");

const num = (text) => ({ text, kind: "num" });

/** Requests that may still miss the promise, or that have missed it too often. */
function misses(promise, standing) {
  const left = (1 - promise.target) * (standing.good + standing.bad) - standing.bad;
  return left < 0 ? `${count(Math.ceil(-left))} misses too many` : `${count(Math.floor(left + 1e-9))} more may miss`;
}

function budget(promise, standing) {
  if (standing.attainment === null) {
    return num("–");
  }
  return {
    text: percent(standing.budgetLeft, 1),
    note: misses(promise, standing),
    meter: Math.max(0, Math.min(1, standing.budgetLeft)),
    kind: "num",
  };
}

function burnt(standing, windowMillis) {
  const burn = standing.burns.find((one) => one.windowMillis === windowMillis);
  if (burn === undefined || burn.requests === 0) {
    return { text: "–", kind: "num zero", title: "no request in that time" };
  }
  return { text: times(burn.rate), kind: burn.rate > 1 ? "num warn" : "num", title: `of ${count(burn.requests)} requests` };
}

function counted(standing) {
  const beside = [
    standing.excluded > 0 ? `${count(standing.excluded)} excluded` : "",
    standing.late > 0 ? `${count(standing.late)} late` : "",
  ].filter((text) => text !== "");
  return { text: count(standing.good + standing.bad), note: beside.join(", "), kind: "num" };
}

function row(promise, standing, windows) {
  const { mark, word, kind } = verdict(standing);
  const cells = [
    { text: subject(promise, standing.scope, standing.value), note: standing.scope === "ALL" ? `${whose(promise)}: ${promised(promise)}, over ${duration(promise.periodMillis)}` : "", title: inWords(promise) },
    { text: `${mark} ${word}`, kind: `state ${kind}`, note: standing.matched ? "" : "no request was selected" },
    { text: standing.attainment === null ? "–" : percent(standing.attainment, 1), note: `of ${percent(promise.target, 1)}`, kind: "num" },
    budget(promise, standing),
    ...windows.map((window) => burnt(standing, window)),
    counted(standing),
  ];
  cells.id = place(promise, standing.scope, standing.value);
  return cells;
}

function rows(objective, windows) {
  const { promise, all, values, others, spent } = objective;
  const shown = [...(all === null ? [] : [all]), ...values].map((standing) => row(promise, standing, windows));
  if (others > 0) {
    const more = `${promise.id}: ${count(others)} values more, none worse`;
    shown.push([{ text: more, note: `of all its values ${count(spent)} have overspent` }, "", "", "", ...windows.map(() => ""), ""]);
  }
  return shown;
}

/** The windows of the newest status; the job may have been started with others before. */
function windowsOf(objectives) {
  const standings = objectives.flatMap(({ all, values }) => [...(all === null ? [] : [all]), ...values]);
  const newest = standings.reduce((one, other) => (one === null || other.evaluatedMillis > one.evaluatedMillis ? other : one), null);
  return newest === null ? [] : newest.burns.map((burn) => burn.windowMillis);
}

function headline(slo) {
  const standings = slo.objectives.map(({ all, values }) => [...(all === null ? [] : [all]), ...values].map((one) => verdict(one).kind));
  const which = (wanted) => standings.filter((kinds) => wanted(kinds)).length;
  const bad = which((kinds) => kinds.includes("bad"));
  const good = which((kinds) => kinds.length > 0 && kinds.every((kind) => kind === "good"));
  if (standings.length === 0) {
    return "";
  }
  const doubt = standings.length - bad - good;
  const parts = [bad > 0 ? `✗ ${count(bad)} in trouble` : "", doubt > 0 ? `! ${count(doubt)} to watch, or without requests` : "", good > 0 ? `✓ ${count(good)} kept` : ""];
  return `Of ${count(standings.length)} objectives: ${parts.filter((part) => part !== "").join(", ")}.`;
}

/** Shows how the objectives stand. */
export function showObjectives(slo, missing) {
  const windows = windowsOf(slo.objectives);
  say(source, `settled, from outcomes; slots that end by ${clock(slo.asOfMillis)}`);
  say(summary, headline(slo));
  fill(
    table,
    ["objective", "state", ...["requests that kept it", "error budget left", ...windows.map((window) => `burn, ${duration(window).replace(" ", "\u00a0")}`), "counted (requests)"].map(num)],
    slo.objectives.flatMap((objective) => rows(objective, windows)),
    missing ? "The topic of objectives does not exist on this cluster: nothing can be said of any." : "No objective has been heard of. “sluice control objective --file slo.json” sets some.",
  );
  const more = [
    slo.others > 0 ? `${count(slo.others)} more objectives, none worse.` : "",
    slo.leftOut > 0 ? `Left out: ${count(slo.leftOut)} statuses of values beyond the first 5,000.` : "",
  ];
  say(rest, more.filter((text) => text !== "").join(" "));
}
