// Numbers and times as people read them; every number gets its unit.

const NONE = "–";

export function count(value) {
  return value === null || value === undefined ? NONE : Number(value).toLocaleString("en");
}

export function percent(part, whole) {
  return whole > 0 ? `${digits((100 * part) / whole)} %` : NONE;
}

/** Three digits: never rounded up to 100 when something was missed. */
function digits(percentage) {
  return percentage < 100 && percentage > 99.9
    ? (Math.floor(percentage * 1000) / 1000).toFixed(3)
    : percentage.toFixed(1);
}

export function millis(value) {
  if (value === null || value === undefined) {
    return NONE;
  }
  const size = Math.abs(value);
  if (size === 0) {
    return "0 ms";
  }
  if (size < 10) {
    return `${value.toFixed(1)} ms`;
  }
  if (size < 1000) {
    return `${Math.round(value)} ms`;
  }
  return size < 60_000 ? `${(value / 1000).toFixed(1)} s` : `${(value / 60_000).toFixed(1)} min`;
}

export function perSecond(value) {
  return value === null || value === undefined ? NONE : value === 0 ? "0/s" : `${value < 100 ? value.toFixed(1) : Math.round(value)}/s`;
}

export function clock(millisSinceEpoch) {
  return millisSinceEpoch > 0 ? new Date(millisSinceEpoch).toLocaleTimeString("en-GB") : "never";
}

const SPANS = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
];

/** A length of time that somebody has chosen: exact, in the largest unit that takes one decimal at most. */
export function duration(value) {
  const [size, unit] = SPANS.find(([length]) => value >= length && (value * 10) % length === 0) ?? [1, "ms"];
  return `${count(value / size)} ${unit}`;
}

/** How many times as fast. */
export function times(factor) {
  return `${factor >= 100 ? count(Math.round(factor)) : factor.toFixed(factor < 10 ? 2 : 1)} ×`;
}

/** A time that may be of another day. */
export function day(millisSinceEpoch) {
  const at = new Date(millisSinceEpoch);
  const today = at.toDateString() === new Date().toDateString();
  return today ? clock(millisSinceEpoch) : `${at.toLocaleDateString("en-CA")} ${clock(millisSinceEpoch)}`;
}
