// The labels of one session in the order of the signal, each once.

/**
 * Known labels and those that came now. A label comes again with the last seconds of a stream that
 * is watched anew, and after a restart of the job; a heart rate over beats counted twice is double.
 */
export function merged(known, arrived) {
  const labels = new Map();
  for (const label of [...known, ...arrived]) labels.set(key(label), label);
  return [...labels.values()].sort((a, b) => position(a) - position(b));
}

function key(label) {
  return `${label.beat ?? ''}/${label.start}/${label.end}`;
}

function position(label) {
  return label.beat ?? label.end;
}
