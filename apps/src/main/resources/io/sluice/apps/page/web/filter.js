// What somebody wants to look at: kept in the address, so that a link shows the same.

import { element, say } from "/lists.js";

const form = document.getElementById("filter");
const said = document.getElementById("filter-said");
const NAMES = ["class", "tenant", "model", "instance"];
const PATIENCE_MILLIS = 250;
const MOST_SUGGESTIONS = 100;

const field = (name) => form.elements.namedItem(name);

function chosen() {
  return NAMES.filter((name) => field(name).value.trim() !== "").map((name) => [name, field(name).value.trim()]);
}

/** What to ask the server for. */
export function query() {
  const text = new URLSearchParams(chosen()).toString();
  return text === "" ? "" : `?${text}`;
}

/** Each part of the page says by what it is not filtered. */
function explain() {
  const active = chosen();
  const names = active.map(([name]) => name);
  say(said, active.length === 0 ? "" : `Filtered by ${active.map(([name, value]) => `${name} ${value}`).join(", ")}. Each part says by what it is not.`);
  for (const section of document.querySelectorAll("[data-filters]")) {
    const able = section.dataset.filters.split(" ");
    const not = names.filter((name) => !able.includes(name));
    const partly = names.length === 0 ? "" : (section.dataset.partly ?? "");
    const text = [not.length === 0 ? "" : `Not filtered by ${not.join(", ")}.`, partly].filter((part) => part !== "").join(" ");
    let note = section.querySelector(".unfiltered");
    if (note === null) {
      note = element("p", "unfiltered");
      section.insertBefore(note, section.querySelector("h2")?.nextSibling ?? section.firstChild);
    }
    note.hidden = text === "";
    say(note, text);
  }
}

/**
 * Makes the form work.
 *
 * @param onChange is called when something else is to be looked at
 */
export function filters(onChange) {
  let shown = null;
  let waiting = 0;

  function apply() {
    const text = query();
    if (text === shown) {
      return;
    }
    shown = text;
    history.replaceState(null, "", `${location.pathname}${text}${location.hash}`);
    explain();
    onChange();
  }

  const given = new URLSearchParams(location.search);
  NAMES.forEach((name) => (field(name).value = given.get(name) ?? ""));
  shown = query();
  explain();
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, PATIENCE_MILLIS);
  });
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  form.addEventListener("reset", () => setTimeout(apply));
}

/** Offers names that have been seen. */
export function suggest(name, values) {
  const options = document.getElementById(`${name}s-known`);
  const names = [...new Set(values)].slice(0, MOST_SUGGESTIONS);
  if (options.dataset.names !== names.join("\n")) {
    options.dataset.names = names.join("\n");
    options.replaceChildren(...names.map((value) => Object.assign(document.createElement("option"), { value })));
  }
}
