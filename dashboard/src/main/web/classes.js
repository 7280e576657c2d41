// Names and colours of the classes that the models answer with.

const COLOURS = 8;

/**
 * A class in words.
 *
 * @param names what the model's card calls its labels, by label; a label without a name speaks for itself
 */
export function className(names, label) {
  if (label === 'UNCLASSIFIABLE') return 'Unclassifiable';
  const words = Object.hasOwn(names, label) ? names[label] : label.replace(/[-_]+/g, ' ');
  return words.length > 1 ? words[0].toUpperCase() + words.slice(1) : words;
}

/** The name of the CSS variable that holds a class's colour. */
export function classColour(classes, label) {
  const position = classes.indexOf(label);
  return position < 0 ? '--class-none' : `--class-${position % COLOURS}`;
}
