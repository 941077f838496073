// Charts over time, drawn with uPlot in the colours of the page.

import uPlot from "/lib/uPlot.js";

const HEIGHT = 190;
const charts = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * Adds a chart.
 *
 * @param parent where
 * @param title what it shows, with its unit
 * @param source where the numbers come from
 * @param value makes text of a number
 */
export function chart(parent, { title, source, value }) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const name = document.createElement("strong");
  name.textContent = title;
  const from = document.createElement("span");
  from.className = "source";
  from.textContent = source;
  caption.append(name, " ", from);
  const place = document.createElement("div");
  const summary = document.createElement("p");
  summary.className = "latest";
  summary.textContent = "nothing yet";
  figure.append(caption, place, summary);
  parent.append(figure);
  const made = { place, summary, from, value, plot: null, names: "", data: null, series: [] };
  charts.push(made);
  return made;
}

/**
 * Shows numbers.
 *
 * @param made the chart
 * @param times seconds since the epoch
 * @param series for each line its name, its colour (a custom property) and its numbers
 */
export function draw(made, times, series, says) {
  made.data = [times, ...series.map((line) => line.numbers)];
  made.series = series;
  const names = series.map((line) => line.name).join("|");
  if (made.plot === null || names !== made.names) {
    made.names = names;
    build(made);
  } else {
    made.plot.setData(made.data);
  }
  if (made.summary.textContent !== says) {
    made.summary.textContent = says;
  }
}

function label(at, apart) {
  const parts = { hour: "2-digit", minute: "2-digit", ...(apart < 60 ? { second: "2-digit" } : {}) };
  return new Date(at * 1000).toLocaleTimeString("en-GB", parts);
}

function build(made) {
  made.plot?.destroy();
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 } };
  const lines = made.series.map((line) => ({
    label: line.name,
    stroke: colour(line.colour),
    width: 2,
    spanGaps: false,
    points: { show: false },
    value: (_, number) => (number === null || number === undefined ? "–" : made.value(number)),
  }));
  made.plot = new uPlot(
    {
      width: made.place.clientWidth,
      height: HEIGHT,
      series: [{ label: "at", value: (_, at) => (at ? new Date(at * 1000).toLocaleTimeString("en-GB") : "–") }, ...lines],
      axes: [
        { ...axis, values: (_, ats) => ats.map((at) => label(at, ats[1] - ats[0])) },
        { ...axis, size: 64, values: (_, numbers) => numbers.map((number) => made.value(number)) },
      ],
      scales: { y: { range: (_, low, high) => [0, high > 0 ? high * 1.1 : 1] } },
      cursor: { drag: { x: false, y: false } },
    },
    made.data,
    made.place,
  );
}

/** Draws all again, after the colours or the width have changed. */
export function redraw() {
  charts.filter((made) => made.plot !== null).forEach(build);
}

let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth !== width) {
    width = innerWidth;
    redraw();
  }
});
