// Elements made by script. All text is text, never markup.

/**
 * Makes an element.
 *
 * @param tag its name
 * @param attributes its attributes; null and false leave one out, true is one without a value
 * @param children texts and elements in it
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== null && value !== false) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}
