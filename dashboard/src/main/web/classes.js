// Names and colours of the classes that the models answer with.

const BEATS = {
  N: 'Normal',
  S: 'Supraventricular',
  V: 'Ventricular',
  F: 'Fusion',
  Q: 'Unknown beat',
};

const GESTURES = {
  0: 'No gesture',
  1: 'Rest',
  2: 'Fist',
  3: 'Wrist flexion',
  4: 'Wrist extension',
  5: 'Radial deviation',
  6: 'Ulnar deviation',
  7: 'Extended palm',
};

const COLOURS = 8;

/** A class in words. */
export function className(modality, label) {
  if (label === 'UNCLASSIFIABLE') return 'Unclassifiable';
  const known = modality === 'ECG' ? BEATS[label] : GESTURES[label];
  if (known) return known;
  const words = label.replace(/[-_]+/g, ' ');
  return words.length > 1 ? words[0].toUpperCase() + words.slice(1) : words;
}

/** The name of the CSS variable that holds a class's colour. */
export function classColour(classes, label) {
  const position = classes.indexOf(label);
  return position < 0 ? '--class-none' : `--class-${position % COLOURS}`;
}
