// The page: a card for each stream, waveforms only for those in view.

import { Card } from './card.js';
import { Connection } from './connection.js';
import { forgetColours } from './plot.js';

const cards = new Map();
const inView = new Set();
const template = document.getElementById('card');
const main = document.getElementById('streams');
const byId = (id) => document.getElementById(id);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

let frozen = false;
let socketState = 'connecting';
let kafkaConnected = false;

const visibility = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      const stream = entry.target.dataset.stream;
      if (entry.isIntersecting) inView.add(stream);
      else inView.delete(stream);
    }
    connection.watch([...inView]);
  },
  { rootMargin: '200px' },
);

const connection = new Connection(receive, (state) => {
  socketState = state;
  if (state === 'lost' || state === 'refused') lost();
  showConnection();
});

function receive(message) {
  if (message.type === 'status') status(message);
  else cards.get(message.stream)?.signal(message, performance.now());
}

function status(message) {
  kafkaConnected = message.connected;
  const present = new Set();
  const now = performance.now();
  message.streams.forEach((summary, position) => {
    present.add(summary.stream);
    if (!cards.has(summary.stream)) add(summary, position);
    cards.get(summary.stream).status(summary, now);
  });
  for (const [stream, card] of cards) {
    if (!present.has(stream)) remove(stream, card);
  }
  byId('empty').hidden = cards.size > 0;
  showConnection();
  showTotals(message);
}

function add(summary, position) {
  const card = new Card(template, summary);
  card.element.dataset.stream = summary.stream;
  cards.set(summary.stream, card);
  main.insertBefore(card.element, main.children[position] ?? null);
  visibility.observe(card.element);
}

function remove(stream, card) {
  visibility.unobserve(card.element);
  card.element.remove();
  cards.delete(stream);
  inView.delete(stream);
}

/** What was last said of the streams is no longer known. */
function lost() {
  for (const card of cards.values()) card.lost();
  for (const total of ['total-frames', 'total-labels', 'total-latency']) {
    byId(total).textContent = '\u2013';
  }
}

function showConnection() {
  const [state, text] =
    socketState === 'lost'
      ? ['lost', 'Server lost, reconnecting']
      : socketState === 'refused'
      ? ['lost', 'Too many pages are open, trying again']
      : socketState === 'connecting'
        ? ['connecting', 'Connecting']
        : kafkaConnected
          ? ['live', 'Live']
          : ['connecting', 'Waiting for Kafka'];
  const pill = byId('connection');
  // Unchanged text must not be announced again.
  if (pill.textContent !== text) pill.textContent = text;
  pill.dataset.state = state;
}

function showTotals(message) {
  const all = [...cards.values()];
  const sum = (value) => all.reduce((total, card) => total + (value(card) || 0), 0);
  byId('total-streams').textContent = all.length.toLocaleString('en');
  byId('total-frames').textContent = Math.round(sum((card) => card.framesPerSecond)).toLocaleString('en');
  byId('total-labels').textContent = Math.round(sum((card) => card.labelsPerSecond)).toLocaleString('en');
  const medians = all
    .map((card) => card.summary.latencyP50Millis)
    .filter((millis) => millis !== null)
    .sort((a, b) => a - b);
  byId('total-latency').textContent =
    medians.length === 0 ? '\u2013' : `${Math.round(medians[medians.length >> 1])} ms`;
  const notices = [];
  if (message.unreadable > 0) notices.push(`${message.unreadable} unreadable records`);
  if (message.dropped > 0) notices.push(`this browser missed ${message.dropped} updates`);
  byId('notice').textContent = notices.join(' \u00b7 ');
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
  byId('theme').setAttribute('aria-label', `Switch to ${theme === 'dark' ? 'light' : 'dark'} colours`);
  forgetColours();
}

function storedTheme() {
  const wished = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem('theme');
  if (wished === 'light' || wished === 'dark') return wished;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

byId('theme').addEventListener('click', () => {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme);
  setTheme(theme);
});

byId('freeze').addEventListener('click', (event) => {
  frozen = !frozen;
  event.target.textContent = frozen ? 'Resume' : 'Freeze';
  event.target.setAttribute('aria-pressed', String(frozen));
});

let drawnAt = performance.now();

function frame(now) {
  requestAnimationFrame(frame);
  const seconds = (now - drawnAt) / 1000;
  if (frozen || (calm.matches && seconds < 0.5)) return;
  drawnAt = now;
  const shown = Number(byId('seconds').value);
  for (const stream of inView) {
    cards.get(stream)?.draw(seconds, shown);
  }
}

setTheme(storedTheme());
requestAnimationFrame(frame);
