// Episodes and rhythm summaries in words.

import { className } from './classes.js';

const EPISODES = {
  COUPLET: 'Couplet',
  TRIPLET: 'Triplet',
  VENTRICULAR_TACHYCARDIA: 'Ventricular tachycardia',
  IDIOVENTRICULAR_RHYTHM: 'Idioventricular rhythm',
  BIGEMINY: 'Bigeminy',
  TRIGEMINY: 'Trigeminy',
  PAUSE: 'Pause',
  AF_SUSPECTED: 'Atrial fibrillation suspected',
};

/**
 * An episode in one line.
 *
 * @param names what the model's card calls its labels, by label
 */
export function episodeText(names, episode) {
  const name = EPISODES[episode.label] ?? episode.labelName ?? className(names, episode.label);
  const began = new Date(episode.onsetMillis).toLocaleTimeString('en-GB');
  const length =
    episode.seconds === undefined ? `since ${began}` : `at ${began}, ${episode.seconds.toFixed(1)} s`;
  const rate = episode.ratePerMinute === undefined ? '' : `, ${Math.round(episode.ratePerMinute)}/min`;
  return `${name} ${length}${rate}`;
}

/** A rhythm summary in one line. */
export function rhythmText(rhythm) {
  const parts = [`${rhythm.beats} beat${rhythm.beats === 1 ? '' : 's'}`];
  if (rhythm.ratePerMinute !== undefined) parts.unshift(`${Math.round(rhythm.ratePerMinute)}/min`);
  if (rhythm.ventricular > 0) parts.push(`${rhythm.ventricular} V`);
  if (rhythm.supraventricular > 0) parts.push(`${rhythm.supraventricular} S`);
  if (rhythm.sdnnMillis !== undefined) parts.push(`SDNN ${Math.round(rhythm.sdnnMillis)} ms`);
  if (rhythm.rmssdMillis !== undefined) parts.push(`RMSSD ${Math.round(rhythm.rmssdMillis)} ms`);
  return parts.join(' \u00b7 ');
}
