// The search for a request: its life as a timeline. All text is text, never markup.

import { element } from "/elements.js";
import { say } from "/lists.js";
import { count, millis } from "/words.js";

const HASH = "#request=";
const PHASES = {
  ROUTING: "read, not in a lane yet",
  GATE: "waits for others of its workflow",
  NO_INSTANCE: "waits for an instance",
  QUEUE: "waits in a lane",
  DELIVERY: "sent, not accepted yet",
  PREFILL: "prefill",
  DECODE: "decode",
  REROUTING: "let go, not in a lane yet",
  COMMIT: "ended, outcome not committed yet",
};
const CLOCKS = { BROKER: "broker", JOB: "job", WORKER: "worker", ISSUER: "issuer" };

const form = document.getElementById("request-form");
const field = document.getElementById("request-id");
const said = document.getElementById("request-said");
const result = document.getElementById("request-result");
let running = null;

const time = (iso) => `${new Date(iso).toLocaleTimeString("en-GB")}.${iso.match(/\.(\d{3})/)?.[1] ?? "000"}`;

function since(first, iso) {
  const gone = Date.parse(iso) - first;
  return `${gone < 0 ? "−" : "+"}${(Math.abs(gone) / 1000).toFixed(3)} s`;
}

function table(caption, columns, rows) {
  const head = element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name)));
  const lines = rows.map((cells) => element("tr", {}, ...cells.map((cell, i) => element(i === 0 ? "th" : "td", i === 0 ? { scope: "row" } : {}, ...[cell].flat()))));
  return element(
    "div",
    { class: "wide", role: "region", tabindex: "0", "aria-label": caption },
    element("table", {}, element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...lines)),
  );
}

function phases(life) {
  const total = life.phases.reduce((sum, phase) => sum + phase.ms, 0);
  const rows = life.phases.map((phase) => [
    PHASES[phase.kind] ?? phase.kind,
    [`${millis(phase.ms)}${phase.to === undefined ? " so far" : ""} `, element("meter", { min: 0, max: Math.max(total, 1), value: phase.ms, "aria-label": `${millis(phase.ms)} of ${millis(total)}` })],
    phase.wait ? "wait" : "work",
    phase.instance_id ?? "–",
    phase.attempt === undefined ? "–" : String(phase.attempt),
    phase.why,
  ]);
  return table("Where its time went", ["stage", "lasted", "kind", "instance", "attempt", "why"], rows);
}

function details(entry) {
  const facts = Object.entries(entry.details);
  if (facts.length === 0) {
    return "–";
  }
  const list = facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
  return element("details", {}, element("summary", {}, `${count(facts.length)} facts`), element("dl", {}, ...list), element("p", { class: "source" }, entry.origins.join(", ")));
}

function entries(life) {
  const first = Date.parse(life.entries[0].at);
  const rows = life.entries.map((entry) => [
    since(first, entry.at),
    `${time(entry.at)} (${CLOCKS[entry.clock] ?? entry.clock})`,
    `${entry.what}${entry.rolled_back ? "; taken back by a restart of the job" : ""}`,
    entry.instance_id ?? "–",
    details(entry),
  ]);
  return table("What happened", ["after", "at (whose clock)", "what", "instance", "details"], rows);
}

function notes(title, texts) {
  return texts.length === 0 ? [] : [element("h4", {}, title), element("ul", {}, ...texts.map((text) => element("li", {}, text)))];
}

function prompts(life, allowed) {
  if (!allowed) {
    return [];
  }
  const shown = life.prompts.map((prompt) => [
    element("h4", {}, `Prompt, ${count(prompt.bytes)} bytes${prompt.cut ? ", its beginning" : ""}`),
    element("pre", { class: "prompt", tabindex: "0" }, prompt.text),
  ]);
  return shown.length === 0 ? [element("p", { class: "source" }, "Its record carries no prompt.")] : shown.flat();
}

function life(found, one) {
  const told = one.timeline;
  return element(
    "article",
    {},
    element("h3", {}, `Request ${told.request_id} of tenant ${told.fairness_id}`),
    element("p", { class: "headline" }, told.headline),
    ...(told.phases.length > 0 ? [phases(told)] : []),
    ...(told.entries.length > 0 ? [entries(told)] : []),
    ...notes("Not known", told.missing),
    ...prompts(one, found.prompts),
  );
}

function read(found) {
  const topics = Object.entries(found.read).map(([topic, records]) => `${topic} ${count(records)}`);
  return topics.length === 0 ? "no records" : topics.join(", ");
}

function show(found) {
  const searched = `searched all that the topics keep; records read: ${read(found)}; took ${millis(found.tookMillis)}`;
  result.replaceChildren(...found.lives.map((one) => life(found, one)), ...notes("Not read", found.unread));
  if (found.tenants === 0) {
    say(said, `Nothing is known of request ${found.request}: it was never submitted, or its records are no longer kept (${searched}).`);
  } else {
    const same = found.tenants > 1 ? `${count(found.tenants)} tenants use this id, ${count(found.lives.length)} are shown; ` : "";
    say(said, `${same}${searched}.`);
  }
}

function line(text) {
  const { searching, done, all, found, error } = JSON.parse(text);
  if (error !== undefined) {
    fail(error);
  } else if (found !== undefined) {
    show(found);
  } else {
    say(said, `searching ${searching}: ${count(done)} of ${count(all)} records`);
  }
  return error !== undefined || found !== undefined;
}

function fail(why) {
  result.replaceChildren();
  said.className = "bad";
  say(said, `The search failed: ${why}`);
}

async function lines(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let ended = false;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const texts = (rest + part.value).split("\n");
    rest = texts.pop();
    for (const text of texts) {
      ended = line(text) || ended;
    }
  }
  if (!ended) {
    fail("the server ended the answer too soon");
  }
}

async function search(id) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  said.className = "";
  result.replaceChildren();
  say(said, `searching for ${id}`);
  section(true);
  try {
    const answer = await fetch(`/api/requests?id=${encodeURIComponent(id)}`, { signal: mine.signal });
    if (answer.ok) {
      await lines(answer);
    } else {
      fail((await answer.text()).trim() || `the server answered ${answer.status}`);
    }
  } catch {
    if (!mine.signal.aborted) {
      fail("no answer from this page's server");
    }
  } finally {
    if (running === mine) {
      running = null;
      section(false);
    }
  }
}

function section(busy) {
  result.setAttribute("aria-busy", String(busy));
}

/** The id that the address names, which other parts of the page link to. */
function follow() {
  if (location.hash.startsWith(HASH)) {
    let id;
    try {
      id = decodeURIComponent(location.hash.slice(HASH.length));
    } catch {
      id = location.hash.slice(HASH.length);
    }
    if (id.trim() !== "") {
      field.value = id;
      document.getElementById("request").scrollIntoView();
      search(id);
    }
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const id = field.value.trim();
  const hash = HASH + encodeURIComponent(id);
  if (id === "") {
    field.focus();
  } else if (location.hash === hash) {
    search(id);
  } else {
    location.hash = hash;
  }
});
addEventListener("hashchange", follow);
follow();
