// Tables that change in place: what has focus or is selected stays so. All text is text, never markup.

import { set } from "/lists.js";

/**
 * Shows rows.
 *
 * @param table the element
 * @param columns what each column is called, as a cell is given; the first names the row
 * @param rows for each row its cells: a text, or an object of text, kind (a class), title, note (a second line), meter (a bar, 0 to
 *     1) and link (an address within the page); a row may have an id, to which links lead
 * @param empty what to say when there are no rows
 */
export function fill(table, columns, rows, empty) {
  const head = table.tHead ?? table.createTHead();
  const body = table.tBodies[0] ?? table.createTBody();
  sync(head, [columns], (column) => column, "col");
  if (rows.length === 0) {
    sync(body, [[empty]], (text) => text, "empty");
    body.rows[0].cells[0].colSpan = columns.length;
  } else {
    sync(body, rows, (cell) => cell, "row");
  }
}

function sync(section, rows, asCell, scope) {
  if (section.dataset.scope !== scope || section.dataset.columns !== String(rows[0].length)) {
    section.replaceChildren();
    section.dataset.scope = scope;
    section.dataset.columns = String(rows[0].length);
  }
  while (section.rows.length > rows.length) {
    section.deleteRow(-1);
  }
  rows.forEach((cells, r) => {
    const row = section.rows[r] ?? section.insertRow();
    set(row, "id", cells.id ?? "");
    cells.forEach((cell, c) => show(row.cells[c] ?? add(row, scope, c), asCell(cell)));
  });
}

function add(row, scope, column) {
  const heads = scope === "col" || (scope === "row" && column === 0);
  const cell = document.createElement(heads ? "th" : "td");
  if (heads) {
    cell.scope = scope;
  }
  row.append(cell);
  return cell;
}

function show(cell, value) {
  const { text, kind = "", title = "", note = "", meter = null, link = "" } = typeof value === "string" ? { text: value } : value;
  const shape = `${meter === null ? "" : "meter "}${link === "" ? "" : "link "}${note === "" ? "" : "note"}`;
  if ((cell.dataset.shape ?? "") !== shape) {
    reshape(cell, shape);
  }
  const main = shape === "" ? cell : cell.querySelector(link === "" ? "span" : "a");
  set(main, "textContent", text);
  if (link !== "" && main.getAttribute("href") !== link) {
    main.setAttribute("href", link);
  }
  if (note !== "") {
    set(cell.querySelector("small"), "textContent", note);
  }
  if (meter !== null) {
    set(cell.querySelector("meter"), "value", meter);
  }
  set(cell, "className", kind);
  set(cell, "title", title);
}

function reshape(cell, shape) {
  cell.dataset.shape = shape;
  cell.replaceChildren();
  if (shape.includes("meter")) {
    const meter = document.createElement("meter");
    // Green from a quarter on, as the words beside it say.
    Object.assign(meter, { min: 0, max: 1, low: 0.01, high: 0.25, optimum: 1 });
    meter.setAttribute("aria-hidden", "true");
    cell.append(meter);
  }
  if (shape !== "") {
    cell.append(document.createElement(shape.includes("link") ? "a" : "span"));
  }
  if (shape.includes("note")) {
    cell.append(document.createElement("small"));
  }
}
