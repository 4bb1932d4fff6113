/** Values as text. Pure: no locale of the viewer, so that server and browser write the same characters. */

/** A non-breaking space stands between number and unit, so that a line break never parts them. */
const NBSP = '\u00a0';

const COUNT_UNITS = ['', 'k', 'M', 'B', 'T'] as const;
const LAST_UNIT = COUNT_UNITS.length - 1;

// Making a format costs a hundred times what using it costs, and a lineage writes thousands of numbers.
const INTEGER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const SIGNIFICANT = new Intl.NumberFormat('en-US', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
/** By the number of decimals. */
const DECIMALS = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

/** A measured value such as a reward, with three significant digits: `0.457`, `12.3`, `1,230`, `1.20e-7`. */
export function formatSignificant(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e9) return value.toExponential(2);
  return SIGNIFICANT.format(value);
}

/** A whole number in full, grouped by thousands: `10,000`. */
export function formatInteger(value: number): string {
  return Number.isFinite(value) ? INTEGER.format(Math.round(value)) : String(value);
}

/** A large count with three significant digits: `999`, `1.23 k`, `48.2 M`, `3.10 B`. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  if (size < 1000) return String(Math.round(value));
  const unit = Math.min(LAST_UNIT, Math.floor(Math.log10(size) / 3));
  const scaled = rounded / 1000 ** unit;
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(scaled))));
  return `${DECIMALS[digits]?.format(scaled)}${NBSP}${COUNT_UNITS[unit]}`;
}

/**
 * A fraction of 1 as a percentage: whole, with one decimal under 10. All of it is `100%` and nothing less is;
 * something is never `0%`.
 */
export function formatPercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return String(fraction);
  const percent = fraction * 100;
  if (percent > 0 && percent < 0.1) return '<0.1%';
  if (percent < 100 && percent >= 99) return '99%';
  const tenths = Math.round(percent * 10) / 10;
  return Math.abs(tenths) < 10 ? `${tenths}%` : `${Math.round(percent)}%`;
}

/** `1 job`, `3 jobs`, `10,000 jobs`. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatInteger(count)}${NBSP}${count === 1 ? one : many}`;
}

const NAMED = 3;

/** The first three of some names: `a, b, c and 2 more`. */
export function formatNames(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${formatInteger(rest)} more` : ''}`;
}

/**
 * Parts of a long name for a cut in its middle: the end stays whole, because names of one family differ there.
 * `tailLength` counts characters as a reader does, so that no symbol is split.
 */
export function splitForMiddleCut(text: string, tailLength: number): { head: string; tail: string } {
  const letters = Array.from(text);
  if (letters.length <= tailLength * 2) return { head: text, tail: '' };
  return { head: letters.slice(0, -tailLength).join(''), tail: letters.slice(-tailLength).join('') };
}
