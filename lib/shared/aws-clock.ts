/** A clock that follows AWS: it runs with the local one and is set anew by every answer that says what time it is there. */
export interface AwsClock {
  /** Sets the clock. `awsMs` is the time at AWS, `localMs` the local time at which that was heard. */
  set(awsMs: number, localMs: number): void;
  /** The time at AWS at a local time. */
  at(localMs: number): number;
}

/**
 * An AwsClock. An answer may arrive after a younger one, or late; a step back of up to `toleranceMs` is taken for such
 * a delay and ignored, so that ages on screen do not jump to and fro.
 */
export function createAwsClock(awsMs: number, localMs: number, toleranceMs = 2000): AwsClock {
  let offset = awsMs - localMs;
  return {
    set(aws, local) {
      const next = aws - local;
      if (next > offset || offset - next > toleranceMs) offset = next;
    },
    at: (local) => local + offset,
  };
}
