/** Counts calls per operation, so that a test can say how many an action cost. */
export class CallCounts {
  private readonly counts = new Map<string, number>();
  private sum = 0;

  add(service: string, operation: string): void {
    const name = `${service}.${operation}`;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    this.sum += 1;
  }

  get total(): number {
    return this.sum;
  }

  /** `{"SageMaker.ListJobs": 3}`, sorted by name. */
  byOperation(): Record<string, number> {
    return Object.fromEntries([...this.counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  reset(): void {
    this.counts.clear();
    this.sum = 0;
  }
}
