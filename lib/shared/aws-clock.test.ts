import { describe, expect, it } from 'vitest';
import { createAwsClock } from './aws-clock';

describe('createAwsClock', () => {
  it('runs with the local clock from where AWS was', () => {
    const clock = createAwsClock(1_000_000, 50);
    expect(clock.at(50)).toBe(1_000_000);
    expect(clock.at(3050)).toBe(1_003_000);
  });

  it('jumps forward when AWS is ahead, as a sandbox in a hurry is', () => {
    const clock = createAwsClock(1_000_000, 0);
    clock.set(1_600_000, 10_000);
    expect(clock.at(10_000)).toBe(1_600_000);
  });

  it('does not step back for an answer that was slow, but does for a clock that was put back', () => {
    const clock = createAwsClock(1_000_000, 0);
    clock.set(1_008_500, 10_000);
    expect(clock.at(10_000)).toBe(1_010_000);
    clock.set(500_000, 10_000);
    expect(clock.at(10_000)).toBe(500_000);
  });
});
