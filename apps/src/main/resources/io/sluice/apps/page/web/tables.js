// Tables that change in place: what has focus or is selected stays so. All text is text, never markup.

/**
 * Shows rows.
 *
 * @param table the element
 * @param columns what each column is called, as a cell is given; the first names the row
 * @param rows for each row its cells: a text, or an object of text, kind (a class) and title
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
  const { text, kind = "", title = "" } = typeof value === "string" ? { text: value } : value;
  if (cell.textContent !== text) {
    cell.textContent = text;
  }
  if (cell.className !== kind) {
    cell.className = kind;
  }
  if (cell.title !== title) {
    cell.title = title;
  }
}
