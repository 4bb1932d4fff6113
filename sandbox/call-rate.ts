/** Calls within the last second of real time, by name: for the few operations whose limit AWS publishes. */
export class CallRate {
  private readonly times = new Map<string, number[]>();

  constructor(private readonly readWallClock: () => number) {}

  /** Counts a call; false when it is one too many, and then it does not count. */
  take(name: string, perSecond: number): boolean {
    const now = this.readWallClock();
    const recent = (this.times.get(name) ?? []).filter((at) => at > now - 1_000);
    const fits = recent.length < perSecond;
    if (fits) recent.push(now);
    this.times.set(name, recent);
    return fits;
  }
}
