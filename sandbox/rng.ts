// Keyed randomness: a value depends on the seed and on what it is for, never on how many values were drawn before it.
// So a single step of a single job can be computed alone, in any order, and is always the same.

/** A 32-bit hash of the parts, joined unambiguously. Parts that differ in kind or order give different hashes. */
export function hashKey(...parts: ReadonlyArray<string | number>): number {
  let hash = 0x2f0b4c47;
  for (const part of parts) {
    const text = String(part);
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x5bd1e995);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ 0x1f, 0x27d4eb2f) ^ (hash >>> 13);
  }
  return finish(hash);
}

function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A uniform number in [0, 1) for a numeric key and up to three numeric coordinates. The cheap form, for hot paths. */
export function unitAt(key: number, a: number, b = 0, c = 0): number {
  let h = finish((key ^ Math.imul(a + 0x9e3779b9, 0x85ebca6b)) >>> 0);
  h = finish((h ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35)) >>> 0);
  h = finish((h + Math.imul(c + 0x165667b1, 0x27d4eb2f)) >>> 0);
  return h / 4_294_967_296;
}

/** A standard normal value for a key and coordinates, cut at ±4 so that no single draw looks impossible. */
export function normalAt(key: number, a: number, b = 0, c = 0): number {
  const u = Math.max(unitAt(key, a, b, c * 2 + 101), 1e-12);
  const v = unitAt(key, a, b, c * 2 + 102);
  const value = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  return Math.min(4, Math.max(-4, value));
}

/** A stream of values that belongs to one key. Two streams with the same key are equal. */
export class Rng {
  private drawn = 0;

  constructor(readonly key: number) {}

  /** A uniform number in [0, 1). */
  next(): number {
    this.drawn += 1;
    return unitAt(this.key, this.drawn, 7);
  }

  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items; throws on an empty list. */
  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('cannot pick from an empty list');
    return item;
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length)
      text += Math.floor(this.next() * 0x100000000)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, length);
  }

  /** Letters and digits, as AWS uses them in generated ids. */
  alphanumeric(length: number): string {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    return Array.from({ length }, () => alphabet[this.whole(0, alphabet.length - 1)]).join('');
  }

  uuid(): string {
    const h = this.hex(32);
    const variant = (8 + (Number.parseInt(h[16] ?? '0', 16) % 4)).toString(16);
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20, 32)}`;
  }
}

/** The stream for a seed and what it is used for. */
export function rngFor(...parts: ReadonlyArray<string | number>): Rng {
  return new Rng(hashKey(...parts));
}
