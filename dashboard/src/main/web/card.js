// One stream on the page: its waveform, what the model says, and how it fares.

import { classColour, className } from './classes.js';
import { episodeText, rhythmText } from './interpreted.js';
import { Playhead } from './playhead.js';
import { merged } from './labels.js';
import { draw } from './plot.js';
import { Trace } from './trace.js';

const LABELS_KEPT = 800;
const SILENT_AFTER = 3000;

/** Labels that stay away for longer are told of: the job may be gone while frames go on. */
const UNLABELLED_AFTER = 6000;

const BEATS_FOR_RATE = 8;

export class Card {
  constructor(template, summary) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.canvas = this.element.querySelector('canvas');
    this.rows = new Map();
    this.fields = {};
    for (const element of this.element.querySelectorAll('[data-field]')) {
      this.fields[element.dataset.field] = element;
    }
    this.element.querySelector('h2').textContent = summary.stream;
    this.element.setAttribute('aria-label', `Stream ${summary.stream}`);
    this.stream = summary.stream;
    this.start(summary);
  }

  start(summary) {
    this.session = summary.session;
    this.labels = [];
    this.classes = [];
    this.names = {};
    this.trace = new Trace(summary.modality, summary.channels);
    this.playhead = new Playhead();
    this.modality = summary.modality;
    this.samplesPerPoint = summary.bucketSamples / 2;
    this.sampleRateHz = summary.sampleRateHz;
    this.pointsPerSecond = summary.sampleRateHz / this.samplesPerPoint;
    this.element.style.setProperty('--trace', `var(--${summary.modality.toLowerCase()})`);
    const height = Math.min(320, Math.max(170, 40 + 22 * summary.channels.length));
    this.element.style.setProperty('--plot-height', `${height}px`);
    this.fields.modality.textContent = summary.modality;
    const channels = summary.channels.length;
    this.fields.about.textContent =
      `${channels} channel${channels === 1 ? '' : 's'} \u00b7 ${summary.sampleRateHz} Hz`;
    this.rows.clear();
    this.element.querySelector('tbody').replaceChildren();
  }

  /** @param {number} now milliseconds */
  status(summary, now) {
    const changed =
      summary.session !== this.session ||
      summary.channels.join() !== this.trace.channels.join() ||
      summary.sampleRateHz !== this.sampleRateHz;
    if (changed) this.start(summary);
    const before = this.summary;
    const seconds = before ? (now - this.summarisedAt) / 1000 : 0;
    this.framesPerSecond = before ? Math.max(0, summary.frames - before.frames) / seconds : 0;
    this.labelsPerSecond = before ? Math.max(0, total(summary) - total(before)) / seconds : 0;
    if (!before || total(summary) !== total(before)) this.labelledAt = now;
    this.summary = summary;
    this.summarisedAt = now;
    this.setNames(summary.labelNames);
    this.show();
  }

  /** The server is gone: the stream's state is unknown until the next status. */
  lost() {
    this.element.classList.add('silent');
    this.fields.quality.dataset.level = 'SILENT';
    this.fields.quality.textContent = 'no connection';
    this.fields.quality.title = '';
    this.fields.frames.textContent = '\u2013';
  }

  show() {
    const { summary, fields } = this;
    const silent = summary.idleMillis > SILENT_AFTER;
    const unlabelled = total(summary) > 0 ? this.summarisedAt - this.labelledAt : 0;
    this.element.classList.toggle('silent', silent);
    this.element.classList.toggle('unlabelled', unlabelled > UNLABELLED_AFTER);
    if (!silent && unlabelled > UNLABELLED_AFTER) {
      fields.quality.dataset.level = 'SILENT';
      fields.quality.textContent = `no label for ${Math.round(unlabelled / 1000)} s`;
    } else if (silent) {
      fields.quality.dataset.level = 'SILENT';
      fields.quality.textContent = `no signal for ${Math.round(summary.idleMillis / 1000)} s`;
    } else if (summary.quality) {
      fields.quality.dataset.level = summary.quality;
      const level = summary.quality[0] + summary.quality.slice(1).toLowerCase();
      fields.quality.textContent =
        `${level} signal` + (summary.qualityReason ? `: ${summary.qualityReason}` : '');
    }
    fields.quality.title = fields.quality.textContent;
    fields.frames.textContent = this.framesPerSecond.toFixed(1);
    fields.labels.textContent = total(summary).toLocaleString('en');
    fields.model.textContent = summary.model || '\u2013';
    fields.calibrationBox.hidden = summary.calibration === null;
    fields.calibration.textContent = summary.calibration || 'none';
    fields.latency.textContent =
      summary.latencyP50Millis === null
        ? '\u2013'
        : `${Math.round(summary.latencyP50Millis)} / ${Math.round(summary.latencyP99Millis)} ms`;
    for (const [label, row] of this.rows) {
      row.count.textContent = (summary.labels[label] ?? 0).toLocaleString('en');
    }
    this.showInterpreted();
    const label = summary.lastLabel ? className(this.names, summary.lastLabel) : 'no label yet';
    this.canvas.setAttribute(
      'aria-label',
      `Waveform of ${summary.channels.join(', ')}; latest label ${label}; ${fields.quality.textContent}`,
    );
  }

  /** What labels in a row mean: the rhythm, and the latest episodes with the newest first. */
  showInterpreted() {
    const { summary, fields } = this;
    fields.interpreted.hidden = !summary.rhythm && summary.episodes.length === 0;
    fields.rhythmBox.hidden = !summary.rhythm;
    fields.episodesBox.hidden = summary.episodes.length === 0;
    if (summary.rhythm) fields.rhythm.textContent = rhythmText(summary.rhythm);
    const text = summary.episodes.map((episode) => episodeText(this.names, episode)).reverse();
    // Unchanged items must not be announced or laid out again.
    if (text.join('\n') === this.episodeText) return;
    this.episodeText = text.join('\n');
    fields.episodes.replaceChildren(
      ...text.map((line) => {
        const item = document.createElement('li');
        item.textContent = line;
        return item;
      }),
    );
  }

  /** New points and labels. */
  signal(message, now) {
    if (message.session !== this.session) return;
    for (const run of message.runs) {
      this.trace.add(run);
    }
    if (message.runs.length > 0) this.playhead.arrived(this.trace.newest, now);
    const current = message.labels.filter((label) => label.session === this.session);
    if (current.length === 0) return;
    this.labels = merged(this.labels, current).slice(-LABELS_KEPT);
    this.showLabel(current[current.length - 1]);
  }

  showLabel(latest) {
    const classes = Object.keys(latest.probabilities);
    if (classes.length > 0 && classes.join() !== this.classes.join()) this.setClasses(classes);
    const { fields } = this;
    fields.label.textContent = className(this.names, latest.label);
    fields.label.title = fields.label.textContent;
    fields.label.style.setProperty('--class', `var(${classColour(this.classes, latest.label)})`);
    const sure = latest.label !== 'UNCLASSIFIABLE';
    fields.certainty.textContent = sure ? `${Math.round(latest.probability * 100)} %` : '';
    fields.vital.textContent = sure ? this.vital() : latest.reason;
    for (const [label, row] of this.rows) {
      row.meter.value = latest.probabilities[label] ?? 0;
    }
  }

  /** Heart rate over the latest beats, for signals that have one. */
  vital() {
    const beats = this.labels.filter((label) => label.beat !== undefined).slice(-BEATS_FOR_RATE - 1);
    if (beats.length < 3) return '';
    const samples = beats[beats.length - 1].beat - beats[0].beat;
    const rate = (60 * this.sampleRateHz * (beats.length - 1)) / samples;
    return `Heart rate ${Math.round(rate)} /min`;
  }

  /** Another model calls its labels otherwise: what is on the page is named anew. */
  setNames(names) {
    if (JSON.stringify(names) === JSON.stringify(this.names)) return;
    this.names = names;
    this.setClasses(this.classes);
    if (this.labels.length > 0) this.showLabel(this.labels[this.labels.length - 1]);
  }

  setClasses(classes) {
    this.classes = classes;
    this.rows.clear();
    const body = this.element.querySelector('tbody');
    body.replaceChildren();
    for (const label of classes) {
      const row = body.insertRow();
      row.style.setProperty('--class', `var(${classColour(classes, label)})`);
      const name = row.insertCell();
      name.textContent = className(this.names, label);
      name.title = name.textContent;
      const meter = document.createElement('meter');
      meter.max = 1;
      meter.setAttribute('aria-label', `Probability of ${name.textContent}`);
      row.insertCell().append(meter);
      const count = row.insertCell();
      count.textContent = (this.summary?.labels[label] ?? 0).toLocaleString('en');
      this.rows.set(label, { meter, count });
    }
  }

  draw(secondsSinceLast, secondsShown) {
    const edge = this.playhead.advance(secondsSinceLast);
    if (!Number.isNaN(edge)) draw(this.canvas, this, edge, secondsShown);
  }
}

function total(summary) {
  return Object.values(summary.labels).reduce((sum, count) => sum + count, 0);
}
