// Small statistics over columns. Empty columns give 0: a batch is never empty.

type Column = ArrayLike<number>;

export function sumOf(column: Column): number {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i] ?? 0;
  return sum;
}

export const meanOf = (column: Column) => (column.length === 0 ? 0 : sumOf(column) / column.length);

/** Population standard deviation. */
export function stdOf(column: Column): number {
  const mean = meanOf(column);
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += ((column[i] ?? 0) - mean) ** 2;
  return column.length === 0 ? 0 : Math.sqrt(sum / column.length);
}

export function minOf(column: Column): number {
  let min = Number.POSITIVE_INFINITY;
  for (let i = 0; i < column.length; i++) min = Math.min(min, column[i] ?? min);
  return Number.isFinite(min) ? min : 0;
}

export function maxOf(column: Column): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < column.length; i++) max = Math.max(max, column[i] ?? max);
  return Number.isFinite(max) ? max : 0;
}

export function countOf(column: Column, test: (value: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < column.length; i++) if (test(column[i] ?? 0)) count += 1;
  return count;
}

/** The chance that at least one of `k` drawn from `n` with `c` good ones is good. */
export function passAt(n: number, c: number, k: number): number {
  if (n - c < k) return 1;
  let miss = 1;
  for (let i = 0; i < k; i++) miss *= (n - c - i) / (n - i);
  return 1 - miss;
}

/** The chance that all of `k` drawn from `n` with `c` good ones are good. */
export function passPower(n: number, c: number, k: number): number {
  if (c < k) return 0;
  let all = 1;
  for (let i = 0; i < k; i++) all *= (c - i) / (n - i);
  return all;
}
