// Shows each state of the page.

import "/control.js";
import "/request.js";
import { showAlerts } from "/alerts.js";
import { chart, draw, redraw } from "/charts.js";
import { filters, query, suggest } from "/filter.js";
import { say } from "/lists.js";
import { showObjectives } from "/objectives.js";
import { showPolicies } from "/policies.js";
import { showQueue } from "/queue.js";
import { follow } from "/stream.js";
import { fill } from "/tables.js";
import { clock, count, millis, percent, perSecond } from "/words.js";

const LIVE = "live, from worker events";
const LOST_MILLIS = 15_000;
const SKEW_MILLIS = 1000;
const SHORTEST_SLOTS = 24;

const $ = (id) => document.getElementById(id);

// Colours

const theme = $("theme");
theme.value = localStorage.getItem("theme") ?? "auto";
function paint() {
  document.documentElement.dataset.theme = theme.value;
  localStorage.setItem("theme", theme.value);
  redraw();
}
theme.addEventListener("change", paint);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
paint();

// Charts

const ttft = chart($("latency"), { title: "Time to first token", source: LIVE, value: millis });
const tpot = chart($("latency"), { title: "Time per output token", source: LIVE, value: millis });
const queueWait = chart($("latency"), { title: "Queue wait", source: LIVE, value: millis });
const work = chart($("work"), { title: "Completed requests", source: LIVE, value: perSecond });
const tokens = chart($("work"), { title: "Output tokens of completed requests", source: LIVE, value: perSecond });
const ended = chart($("work"), { title: "Outcomes", source: "settled, from outcomes", value: perSecond });

function percentiles(made, times, latency) {
  const lines = [
    { name: "p50", colour: "--c1", numbers: latency.p50 },
    { name: "p90", colour: "--c2", numbers: latency.p90 },
    { name: "p99", colour: "--c3", numbers: latency.p99 },
  ];
  const at = latency.p50.findLastIndex((value) => value !== null);
  const says =
    at < 0
      ? "none in the last 15 min"
      : `newest, ${clock(times[at] * 1000)}: ${lines.map((line) => `${line.name} ${millis(line.numbers[at])}`).join(", ")} of ${count(latency.counts[at])} requests`;
  draw(made, times, lines, says);
}

function rates(made, times, counts, stepSeconds, words) {
  const colours = ["--c1", "--c3", "--c2", "--c4", "--c5", "--c6"];
  const lines = Object.entries(counts).map(([name, numbers], i) => ({
    name,
    colour: colours[i % colours.length],
    // The last slot is still filling.
    numbers: numbers.map((number, slot) => (slot === numbers.length - 1 ? null : number / stepSeconds)),
  }));
  draw(made, times, lines, lines.length === 0 ? "none in the last 15 min" : words);
}

// Tables

const num = (text) => ({ text, kind: "num" });

/** The share that met their targets, and how that compares with an objective about the same targets of the same group. */
function met(indicator, target) {
  const share = percent(indicator.met, indicator.withTarget);
  const title = `${count(indicator.met)} of ${count(indicator.withTarget)} requests with a target`;
  if (target === undefined || indicator.withTarget === 0) {
    return { text: share, title, kind: "num" };
  }
  const good = indicator.met >= target * indicator.withTarget;
  return { text: `${good ? "✓" : "✗"} ${share}`, title, note: `${good ? "at least" : "below"} ${percent(target, 1)}`, kind: good ? "num good" : "num bad" };
}

/** Objectives that ask for requests' own targets, of all of a group and of nothing else. */
function targetsOf(objectives, scope, restriction) {
  return (name) => {
    const own = objectives
      .map(({ promise }) => promise)
      .filter((promise) => promise.thresholdMillis === null && promise.tier === null)
      .filter(({ band, tenant, model, per }) => {
        const restricted = { band, tenant, model };
        const others = Object.keys(restricted).filter((key) => restricted[key] !== null && key !== restriction);
        const group = restricted[restriction] ?? null;
        return others.length === 0 && (scope === "ALL" ? per === "ALL" : group === name || (group === null && per === scope));
      });
    return Object.fromEntries(own.map((promise) => [promise.indicator, promise.target]));
  };
}

/** Those who get least of what they were promised come first. */
function worstFirst(rows) {
  const share = (row) => (row.joint.withTarget > 0 ? row.joint.met / row.joint.withTarget : 2);
  return [...rows].sort((a, b) => share(a) - share(b));
}

function attained(table, name, rows, targets) {
  fill(
    table,
    [name, ...["all targets", "TTFT", "TPOT", "end to end", "settled (requests)"].map(num)],
    rows.map((row) => {
      const { JOINT, TTFT, TPOT, E2E } = targets(row);
      return [row.name, met(row.joint, JOINT), met(row.ttft, TTFT), met(row.tpot, TPOT), met(row.e2e, E2E), num(count(row.settled))];
    }),
    "no window of settled requests yet",
  );
}

function queues(view) {
  const unknown = view.lanes.some((lane) => lane.unknown > 0);
  const columns = ["instance", ...[...view.classes, ...(unknown ? ["class unknown"] : []), "waiting (requests)"].map(num)];
  const number = (value) => ({ text: count(value), kind: value > 0 ? "num" : "num zero" });
  const total = (lane) => lane.known.reduce((sum, value) => sum + value, lane.unknown);
  const row = (lane) => [lane.instance, ...lane.known.map(number), ...(unknown ? [number(lane.unknown)] : []), number(total(lane))];
  const rows = view.lanes.map(row);
  if (view.lanes.length > 1) {
    const known = view.classes.map((_, i) => view.lanes.reduce((sum, lane) => sum + lane.known[i], 0));
    rows.push(row({ instance: "all", known, unknown: view.lanes.reduce((sum, lane) => sum + lane.unknown, 0) }));
  }
  fill($("queues"), columns, rows, "no decision yet");
  return view.lanes.reduce((sum, lane) => sum + total(lane), 0);
}

function outcomes(live) {
  const total = Object.values(live.outcomes).reduce((sum, value) => sum + value, 0);
  const rows = Object.entries(live.outcomes).map(([kind, value]) => [kind, num(count(value)), num(percent(value, total))]);
  fill($("outcomes"), ["outcome", num("requests"), num("share")], rows, "no request has been settled in the last 15 min");
}

function state(instance) {
  if (instance.silentMillis > LOST_MILLIS) {
    return { text: "silent", kind: "bad" };
  }
  return instance.draining ? { text: "draining", kind: "warn" } : { text: "taking work", kind: "good" };
}

function fleet(view) {
  const columns = ["instance", "hardware", "state", ...["running (sequences)", "waiting in the engine (requests)", "KV cache used", "last heard of", "clock ahead by, last minute"].map(num)];
  const rows = view.instances.map((one) => [
    one.id,
    one.hardware ?? "–",
    state(one),
    num(`${count(one.running)} of ${count(one.maxSequences)}`),
    num(count(one.waiting)),
    { text: one.kvUse === null ? "–" : percent(one.kvUse, 1), kind: one.kvUse > 0.95 ? "num warn" : "num" },
    { text: `${millis(one.silentMillis)} ago`, kind: one.silentMillis > LOST_MILLIS ? "num bad" : "num" },
    { text: millis(one.skewMillis), kind: Math.abs(one.skewMillis) > SKEW_MILLIS ? "num warn" : "num" },
  ]);
  if (view.others > 0) {
    rows.push([`and ${count(view.others)} more`, "", "", "", "", "", "", ""]);
  }
  fill($("fleet"), columns, rows, "no worker has been heard of");
}

// Tiles

function tiles(figures) {
  const list = $("now");
  figures.forEach(([name, text], i) => {
    if (list.children.length <= i) {
      const tile = document.createElement("div");
      tile.append(document.createElement("dt"), document.createElement("dd"));
      list.append(tile);
    }
    say(list.children[i].children[0], name);
    say(list.children[i].children[1], text);
  });
}

function latest(series, seconds) {
  // The slot that is still filling says too little.
  const numbers = series?.slice(-4, -1) ?? [];
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / (numbers.length * seconds);
}

// All of it

const FEED = {
  CONNECTING: "connecting to the broker",
  READING_BACK: "reading the last 15 minutes",
  LIVE: "",
  TOPICS_MISSING: "topics that do not exist: ",
  UNREACHABLE: "no answer from the broker: ",
};

function feed(status) {
  const badge = $("feed");
  badge.hidden = status.state === "LIVE";
  badge.dataset.state = status.state;
  say(badge, badge.hidden ? "" : `${FEED[status.state]}${status.detail} (since ${clock(status.sinceMillis)})`);
}

/** The time since something happened, or the last two minutes if that is longer. */
function shown(series) {
  const { ttft, tpot, queueWait, work, outcomes } = series;
  const counts = [ttft.counts, queueWait.counts, ...Object.values(work), ...Object.values(outcomes)];
  const slots = ttft.counts.length;
  const first = ttft.counts.findIndex((_, slot) => counts.some((numbers) => numbers[slot] > 0));
  const from = Math.min(first < 0 ? slots : first, slots - SHORTEST_SLOTS);
  const cut = (lines) => Object.fromEntries(Object.entries(lines).map(([name, numbers]) => [name, numbers.slice(from)]));
  return {
    ...series,
    startMillis: series.startMillis + from * series.stepMillis,
    ttft: cut(ttft),
    tpot: cut(tpot),
    queueWait: cut(queueWait),
    work: cut(work),
    outcomes: cut(outcomes),
  };
}

function show({ note, feed: status, live }) {
  const series = shown(live.series);
  const seconds = series.stepMillis / 1000;
  const times = series.ttft.counts.map((_, i) => series.startMillis / 1000 + i * seconds);
  say($("note"), note);
  $("note").hidden = note === "";
  feed(status);
  say($("ages"), `worker events as of ${clock(live.eventsAsOfMillis)}, outcomes as of ${clock(live.outcomesAsOfMillis)}`);
  percentiles(ttft, times, series.ttft);
  percentiles(tpot, times, series.tpot);
  percentiles(queueWait, times, series.queueWait);
  const { completed, outputTokens } = series.work;
  rates(work, times, completed ? { completed } : {}, seconds, `last 15 s: ${perSecond(latest(completed, seconds))}`);
  rates(tokens, times, outputTokens ? { tokens: outputTokens } : {}, seconds, `last 15 s: ${perSecond(latest(outputTokens, seconds))}`);
  const asOf = `settled, from outcomes as of ${clock(live.outcomesAsOfMillis)}`;
  say(ended.from, asOf);
  say($("outcomes-source"), asOf);
  rates(ended, times, series.outcomes, seconds, "they appear when the job commits them, at a checkpoint");
  const lacks = (topic) => status.state === "TOPICS_MISSING" && status.detail.split(", ").some((name) => name.endsWith(topic));
  showAlerts(live.alerts, live.nowMillis, lacks("alerts"));
  showObjectives(live.slo, lacks("slo"));
  const { all, classes, tenants, models, instances, untilMillis } = live.attainment;
  say($("attainment-source"), `settled, from outcomes; windows that end by ${clock(untilMillis)}, last 15 min`);
  const objectives = live.slo.objectives;
  const [ofClass, ofTenant, ofAll] = [targetsOf(objectives, "PRIORITY", "band"), targetsOf(objectives, "TENANT", "tenant"), targetsOf(objectives, "ALL", "")];
  const sum = all.map((row) => ({ ...row, name: "all" }));
  attained($("classes"), "class", [...classes, ...sum], (row) => (sum.includes(row) ? ofAll("") : ofClass(row.name)));
  attained($("tenants"), "tenant", worstFirst(tenants), (row) => ofTenant(row.name));
  const ofModel = targetsOf(objectives, "MODEL", "model");
  attained($("models"), "model", worstFirst(models), (row) => ofModel(row.name));
  attained($("instances"), "instance", worstFirst(instances), () => ({}));
  suggest("tenant", tenants.map((row) => row.name));
  suggest("model", models.map((row) => row.name));
  suggest("instance", live.fleet.instances.map((one) => one.id));
  const waiting = queues(live.queues);
  showQueue(live.heads, live.nowMillis);
  showPolicies(live.policies);
  outcomes(live);
  fleet(live.fleet);
  const running = live.fleet.instances.reduce((sum, one) => sum + (one.running ?? 0), 0);
  tiles([
    ["Targets met, settled", all.length > 0 ? percent(all[0].joint.met, all[0].joint.withTarget) : "–"],
    ["Waiting in lanes, live", `${count(waiting)} requests`],
    ["Running, live", `${count(running)} sequences`],
    ["Completed, live", latest(completed, seconds) === null ? "–" : `${latest(completed, seconds).toFixed(1)} requests/s`],
    ["Output, live", latest(outputTokens, seconds) === null ? "–" : `${Math.round(latest(outputTokens, seconds))} tokens/s`],
    ["Instances, live", `${count(live.fleet.instances.filter((one) => one.silentMillis <= LOST_MILLIS).length)} of ${count(live.fleet.instances.length)} heard`],
  ]);
  const odd = live.oddities;
  say(
    $("oddities"),
    `Left out: ${count(odd.unreadable)} unreadable records, ${count(odd.repeatedEvents)} repeated worker events, ${count(odd.invalidLatencies)} latencies that are no durations, ${count(live.attainment.leftOut)} windows of groups beyond the first 500.`,
  );
  document.body.dataset.ready = "yes";
}

function connected(connection, since) {
  const badge = $("connection");
  badge.dataset.state = connection;
  say(badge, connection === "live" ? "live" : `connection lost at ${clock(since)}, trying again; figures are of then`);
}

let again = () => {};
filters(() => again());
again = follow(show, connected, query);
