// The sandbox's only source of "now". Everything else takes a time as an argument, so that it can be jumped.

export type ReadWallClock = () => number;

/** A clock that runs `speed` times as fast as the wall clock and can be moved forward. Times are epoch milliseconds. */
export class VirtualClock {
  private anchorMs: number;
  private anchorWallMs: number;
  private currentSpeed: number;

  constructor(
    startMs: number,
    speed: number,
    private readonly readWallClock: ReadWallClock = Date.now,
  ) {
    this.anchorMs = startMs;
    this.anchorWallMs = readWallClock();
    this.currentSpeed = checkSpeed(speed);
  }

  get speed(): number {
    return this.currentSpeed;
  }

  /** Virtual now in whole epoch milliseconds; never runs backwards, also when the wall clock is set back. */
  now(): number {
    const elapsedMs = Math.max(0, this.readWallClock() - this.anchorWallMs);
    return Math.floor(this.anchorMs + elapsedMs * this.currentSpeed);
  }

  /** Moves virtual time forward. Throws a RangeError on a negative or unreadable amount: time never goes back. */
  advance(byMs: number): number {
    if (!Number.isFinite(byMs) || byMs < 0) throw new RangeError('advance needs a duration of zero or more');
    this.anchorMs += byMs;
    return this.now();
  }

  /** Changes the speed from now on; what has passed stays passed. 0 freezes the clock. */
  setSpeed(speed: number): void {
    checkSpeed(speed);
    this.anchorMs = this.now();
    this.anchorWallMs = this.readWallClock();
    this.currentSpeed = speed;
  }
}

function checkSpeed(speed: number): number {
  if (!Number.isFinite(speed) || speed < 0) throw new RangeError('speed must be a number of zero or more');
  return speed;
}
