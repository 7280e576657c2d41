// The newest points of one session's waveform, in a ring, with a slowly adapting range a channel.

const CAPACITY = 4096;

/** Smallest range drawn, in microvolts: below it noise would fill the lane. */
const SMALLEST_RANGE = { ECG: 1000, EMG: 60, EEG: 40 };

export class Trace {
  constructor(modality, channels) {
    this.channels = channels;
    this.positions = new Float64Array(CAPACITY).fill(NaN);
    this.values = channels.map(() => new Float32Array(CAPACITY));
    this.smallestRange = SMALLEST_RANGE[modality] ?? 100;
    this.ranges = channels.map(() => ({ low: NaN, high: NaN }));
    /** How much stronger one muscle is than another is what tells gestures apart. */
    this.sharesRange = modality === 'EMG';
    this.newest = NaN;
  }

  /** @param {{first: number, microvolts: Array<?number>}} run consecutive points */
  add(run) {
    const count = run.microvolts.length / this.channels.length;
    for (let i = 0; i < count; i++) {
      const slot = (run.first + i) % CAPACITY;
      this.positions[slot] = run.first + i;
      for (let c = 0; c < this.channels.length; c++) {
        this.values[c][slot] = run.microvolts[i * this.channels.length + c] ?? NaN;
      }
    }
    const last = run.first + count - 1;
    // Further back than the ring reaches: what was taken for the newest had a wrong index.
    if (!(last <= this.newest) || this.newest - last >= CAPACITY) this.newest = last;
  }

  /** The value at a point, NaN where there is none. */
  at(channel, point) {
    const slot = point % CAPACITY;
    return this.positions[slot] === point ? this.values[channel][slot] : NaN;
  }

  /** Fits the ranges to what is in view: grows at once, shrinks slowly, so that lanes stay calm. */
  fit(from, to) {
    for (let c = 0; c < this.channels.length; c++) {
      let low = Infinity;
      let high = -Infinity;
      for (let point = from; point <= to; point++) {
        const value = this.at(c, point);
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (low > high) continue;
      const missing = Math.max(0, this.smallestRange - (high - low)) / 2;
      const range = this.ranges[c];
      range.low = follow(range.low, low - missing, low - missing < range.low);
      range.high = follow(range.high, high + missing, high + missing > range.high);
    }
  }

  /** Microvolts that the height of a channel's lane stands for; NaN before the first point. */
  span(channel) {
    const spans = this.ranges.map((range) => range.high - range.low);
    return this.sharesRange ? Math.max(...spans.filter((span) => span > 0)) : spans[channel];
  }
}

function follow(current, target, grows) {
  if (Number.isNaN(current)) return target;
  return current + (target - current) * (grows ? 0.35 : 0.02);
}
