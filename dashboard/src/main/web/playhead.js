// Turns points that arrive in bursts into even motion: follows the newest point a little behind,
// at the speed at which points have been coming, whatever the speed of a replay.

const DELAY_SECONDS = 0.25;
const SETTLING_SECONDS = 0.6;

export class Playhead {
  constructor() {
    this.position = NaN;
    this.newest = NaN;
    this.speed = 0;
    this.measuredAt = 0;
    this.measuredFrom = NaN;
  }

  /** @param {number} point the newest one; @param {number} now milliseconds */
  arrived(point, now) {
    if (!(point >= this.newest)) {
      this.position = point;
      this.measuredFrom = point;
      this.measuredAt = now;
    }
    this.newest = point;
    const elapsed = (now - this.measuredAt) / 1000;
    if (elapsed >= 0.5) {
      const speed = (point - this.measuredFrom) / elapsed;
      this.speed = this.speed === 0 || elapsed > 3 ? speed : 0.7 * this.speed + 0.3 * speed;
      this.measuredFrom = point;
      this.measuredAt = now;
    }
  }

  /** Moves on by some seconds and says where the right edge stands, in points. */
  advance(seconds) {
    if (seconds > 1 || Number.isNaN(this.position)) {
      this.position = this.newest;
      return this.position;
    }
    const target = this.newest - this.speed * DELAY_SECONDS;
    const correction = (target - this.position) * Math.min(1, seconds / SETTLING_SECONDS);
    this.position = Math.min(this.newest, this.position + this.speed * seconds + correction);
    return this.position;
  }
}
