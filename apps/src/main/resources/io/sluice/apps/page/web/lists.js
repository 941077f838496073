// Lists that change in place: an entry that stays keeps its element, and what has focus in it. All text is text.

/** Sets a property, if it is another: what is set anew is drawn anew, and may be read out anew. */
export function set(element, property, value) {
  if (element[property] !== value) {
    element[property] = value;
  }
}

/** Sets the text of an element, if it is another. */
export function say(element, text) {
  set(element, "textContent", text);
}

/** An element with a class and a text. */
export function element(name, kind = "", text = "") {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}

/**
 * Shows entries in their order.
 *
 * @param parent the list
 * @param entries what to show
 * @param key of an entry, which tells it from the others
 * @param make an element for an entry that is new
 * @param update shows an entry in its element
 */
export function list(parent, entries, key, make, update) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = new Set(entries.map(key));
  known.forEach((child, name) => {
    if (!wanted.has(name)) {
      child.remove();
    }
  });
  entries.forEach((entry, place) => {
    const name = key(entry);
    const child = known.get(name) ?? make(entry);
    set(child.dataset, "key", name);
    if (parent.children[place] !== child) {
      parent.insertBefore(child, parent.children[place] ?? null);
    }
    update(child, entry);
  });
}
