// Draws one stream: lanes with the waveform, beat marks or a band of gestures, a scale and a clock.

import { classColour, className } from './classes.js';

const GUTTER = 62;
const RIGHT = 10;
const BAND = 20;

/** A word stays one word over interruptions shorter than this, in seconds. */
const BRIDGED = 0.4;

const BOTTOM = 16;

/** Colours are read from the style sheet once, and again when the theme changes. */
let colours = new Map();

export function forgetColours() {
  colours = new Map();
}

function colour(name) {
  if (!colours.has(name)) {
    colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  }
  return colours.get(name);
}

/** @param view {trace, labels, classes, names, modality, pointsPerSecond, samplesPerPoint} */
export function draw(canvas, view, rightEdge, seconds) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (width === 0 || height === 0) return;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const plot = {
    pen,
    left: GUTTER,
    right: width - RIGHT,
    top: BAND + 4,
    bottom: height - BOTTOM,
    toPoint: rightEdge,
    fromPoint: rightEdge - seconds * view.pointsPerSecond,
  };
  plot.x = (point) =>
    plot.left +
    ((point - plot.fromPoint) / (plot.toPoint - plot.fromPoint)) * (plot.right - plot.left);
  drawSeconds(plot, view);
  pen.save();
  pen.beginPath();
  pen.rect(plot.left, 0, plot.right - plot.left, height);
  pen.clip();
  if (view.modality === 'ECG') drawBeats(plot, view);
  else drawBand(plot, view);
  drawLanes(plot, view);
  pen.restore();
  drawLaneNames(plot, view);
}

function drawSeconds(plot, view) {
  const { pen } = plot;
  const first = Math.max(0, Math.ceil(plot.fromPoint / view.pointsPerSecond));
  const last = Math.floor(plot.toPoint / view.pointsPerSecond);
  const step = last - first > 12 ? 5 : last - first > 6 ? 2 : 1;
  pen.font = '10px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'bottom';
  pen.lineWidth = 1;
  for (let second = first; second <= last; second++) {
    const x = Math.round(plot.x(second * view.pointsPerSecond)) + 0.5;
    pen.strokeStyle = colour('--grid');
    pen.beginPath();
    pen.moveTo(x, plot.top);
    pen.lineTo(x, plot.bottom);
    pen.stroke();
    if (second % step === 0 && x > plot.left + 16 && x < plot.right - 16) {
      pen.fillStyle = colour('--axis');
      pen.fillText(clock(second), x, plot.bottom + BOTTOM - 2);
    }
  }
}

function clock(second) {
  const minutes = Math.floor(second / 60);
  return `${minutes}:${String(second % 60).padStart(2, '0')}`;
}

function drawLanes(plot, view) {
  const { pen } = plot;
  const { trace } = view;
  const from = Math.max(0, Math.floor(plot.fromPoint));
  const to = Math.floor(plot.toPoint);
  trace.fit(from, to);
  const lane = (plot.bottom - plot.top) / trace.channels.length;
  pen.strokeStyle = colour(`--${view.modality.toLowerCase()}`);
  pen.lineWidth = trace.channels.length > 4 ? 1 : 1.4;
  pen.lineJoin = 'round';
  trace.channels.forEach((name, channel) => {
    const range = trace.ranges[channel];
    const middle = plot.top + lane * (channel + 0.5);
    const scale = (lane * 0.92) / trace.span(channel);
    const centre = (range.high + range.low) / 2;
    pen.beginPath();
    let drawing = false;
    for (let point = from; point <= to; point++) {
      const value = trace.at(channel, point);
      if (Number.isNaN(value)) {
        drawing = false;
        continue;
      }
      const x = plot.x(point);
      const y = middle - (value - centre) * scale;
      if (drawing) pen.lineTo(x, y);
      else pen.moveTo(x, y);
      drawing = true;
    }
    pen.stroke();
  });
}

function drawLaneNames(plot, view) {
  const { pen } = plot;
  const { trace } = view;
  const lane = (plot.bottom - plot.top) / trace.channels.length;
  pen.font = '10px system-ui, sans-serif';
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  pen.fillStyle = colour('--axis');
  const right = plot.left - 7;
  trace.channels.forEach((name, channel) => {
    const middle = plot.top + lane * (channel + 0.5);
    const roomy = lane >= 30 && !trace.sharesRange;
    pen.fillText(name, right, middle - (roomy ? 6 : 0), GUTTER - 9);
    if (roomy) pen.fillText(span(trace.span(channel)), right, middle + 7);
  });
  if (trace.sharesRange) pen.fillText(span(trace.span(0)), right, BAND / 2 + 1);
}

/** What the height of a lane stands for. */
function span(microvolts) {
  if (!(microvolts > 0)) return '';
  return microvolts >= 1000
    ? `${(microvolts / 1000).toFixed(1)} mV`
    : `${Math.round(microvolts)} \u00b5V`;
}

function drawBeats(plot, view) {
  const { pen } = plot;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (const beat of view.labels) {
    if (beat.beat === undefined) continue;
    const x = plot.x(beat.beat / view.samplesPerPoint);
    if (x < plot.left - 10 || x > plot.right + 10) continue;
    const ordinary = beat.label === view.classes[0];
    const paint = colour(classColour(view.classes, beat.label));
    pen.globalAlpha = ordinary ? 0.18 : 0.6;
    pen.strokeStyle = paint;
    pen.lineWidth = ordinary ? 1 : 2;
    pen.beginPath();
    pen.moveTo(x, plot.top);
    pen.lineTo(x, plot.bottom);
    pen.stroke();
    pen.globalAlpha = 1;
    const text = beat.label === 'UNCLASSIFIABLE' ? '?' : beat.label;
    if (!ordinary) {
      pen.fillStyle = paint;
      pen.beginPath();
      pen.arc(x, BAND / 2 + 2, 9, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.font = ordinary ? '12px system-ui, sans-serif' : 'bold 12px system-ui, sans-serif';
    pen.fillStyle = ordinary ? paint : colour('--surface');
    pen.fillText(text, x, BAND / 2 + 3);
  }
}

/** Windows overlap, so each label stands for the samples since the one before it. */
function drawBand(plot, view) {
  const { pen } = plot;
  const runs = joined(view.labels, 0);
  for (const run of runs) {
    const left = Math.max(plot.left, plot.x(run.start / view.samplesPerPoint));
    const right = Math.min(plot.right, plot.x(run.end / view.samplesPerPoint));
    if (right <= left) continue;
    pen.fillStyle = colour(classColour(view.classes, run.label));
    pen.globalAlpha = 0.28;
    pen.fillRect(left, 3, right - left, BAND - 4);
    pen.globalAlpha = 1;
    pen.fillRect(left, BAND - 2, right - left, 2);
  }
  pen.font = '11px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = colour('--text');
  const bridged = BRIDGED * view.sampleRateHz;
  for (const run of joined(runs.filter((run) => run.end - run.start > bridged / 2), bridged)) {
    const left = Math.max(plot.left, plot.x(run.start / view.samplesPerPoint));
    const right = Math.min(plot.right, plot.x(run.end / view.samplesPerPoint));
    const name = className(view.names, run.label);
    if (pen.measureText(name).width + 8 < right - left) {
      pen.fillText(name, (left + right) / 2, BAND / 2 + 1);
    }
  }
}

/** Neighbours with the same label as one, also over gaps of so many samples. */
function joined(spans, bridged) {
  const runs = [];
  let reached = -Infinity;
  for (const { label, start, end } of spans) {
    const from = Math.max(start, reached);
    reached = Math.max(reached, end);
    const last = runs[runs.length - 1];
    if (last && last.label === label && from <= last.end + bridged) last.end = end;
    else runs.push({ label, start: from, end });
  }
  return runs;
}
