// What an objective promises, to whom, and how it stands, in words.

import { duration, millis, percent } from "/words.js";

const WITHIN = {
  TTFT: "first token",
  TPOT: "each further token",
  E2E: "last token",
  QUEUE_WAIT: "start",
};

const OTHERWISE = {
  DEADLINE: "done by its deadline",
  SUCCESS: "completed",
  JOINT: "all own targets met",
};

const SCOPES = { ALL: "", TENANT: "tenant ", MODEL: "model ", PRIORITY: "class ", TIER: "service tier ", INSTANCE: "instance " };

/** What is to happen to a request. */
export function promised(promise) {
  const what = WITHIN[promise.indicator];
  if (what === undefined) {
    return OTHERWISE[promise.indicator] ?? promise.indicator;
  }
  return promise.thresholdMillis === null ? `${what} within the request's own target` : `${what} within ${millis(promise.thresholdMillis)}`;
}

/** Whose requests it is about. */
export function whose(promise) {
  const parts = [
    [promise.band, "class"],
    [promise.tenant, "tenant"],
    [promise.model, "model"],
    [promise.tier, "service tier"],
  ];
  return parts.filter(([value]) => value !== null).map(([value, kind]) => `${kind} ${value}`).join(", ") || "all requests";
}

/** All of it in a line. */
export function inWords(promise) {
  return `${whose(promise)}: ${promised(promise)}, ${percent(promise.target, 1)} over ${duration(promise.periodMillis)}`;
}

/** What a status is of: the objective, and the value if it is reckoned by value. */
export function subject(promise, scope, value) {
  return scope === "ALL" ? promise.id : `${promise.id}, ${SCOPES[scope] ?? ""}${value}`;
}

/** Where a link to it leads. */
export function place(promise, scope, value) {
  return `objective/${promise.id}/${scope}/${value}`;
}

/** How it stands: a mark, a word and a kind, so that nobody depends on colours. */
export function verdict(standing) {
  if (!standing.matched) {
    return { mark: "?", word: "nothing can be said", kind: "zero" };
  }
  if (standing.attainment === null) {
    return { mark: "?", word: "no request counts yet", kind: "zero" };
  }
  if (standing.budgetLeft < 0) {
    return { mark: "✗", word: "budget overspent", kind: "bad" };
  }
  if (standing.alert !== null) {
    return { mark: "▲", word: "burning", kind: "bad" };
  }
  return standing.budgetLeft < 0.25 ? { mark: "!", word: "little budget left", kind: "warn" } : { mark: "✓", word: "kept", kind: "good" };
}
