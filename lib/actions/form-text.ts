import type { FormField } from '../contract/actions';

/** A value as a field shows it: lists joined by commas, small numbers as people write them (4e-5). */
export function showFieldValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(showFieldValue).join(', ');
  if (typeof value === 'number') return showNumber(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const showNumber = (value: number) =>
  value !== 0 && Math.abs(value) < 0.001 ? value.toExponential().replace('e-0', 'e-') : String(value);

export type ParsedField = { ok: true; value: string | number | number[] } | { ok: false; problem: string };

/** What a person typed as the value of its field, or what is wrong with it. Limits are those of the field. */
export function parseFieldText(field: FormField, text: string): ParsedField {
  const trimmed = text.trim();
  if (field.type === 'string') {
    const number = Number(trimmed);
    const numeric = field.choices?.some((choice) => choice === number) ?? false;
    if (!numeric && field.choices && !field.choices.includes(trimmed))
      return { ok: false, problem: oneOf(field.choices) };
    return { ok: true, value: numeric ? number : trimmed };
  }
  if (field.type === 'integers') {
    const parts = trimmed
      .replace(/^\[|\]$/g, '')
      .split(/[\s,]+/)
      .filter(Boolean);
    const numbers = parts.map(Number);
    if (numbers.length === 0 || numbers.some((each) => !Number.isInteger(each) || each < 1)) {
      return { ok: false, problem: 'Whole numbers from 1, joined by commas.' };
    }
    return { ok: true, value: numbers };
  }
  const number = Number(trimmed);
  const range = rangeWords(field);
  const within = range && ` ${range}.`;
  if (trimmed === '' || !Number.isFinite(number)) return { ok: false, problem: `Not a number.${within}` };
  if (field.type === 'integer' && !Number.isInteger(number))
    return { ok: false, problem: `Not a whole number.${within}` };
  const { min, max, minExclusive, choices } = field;
  if (choices && !choices.some((choice) => Number(choice) === number)) return { ok: false, problem: oneOf(choices) };
  const low = min !== undefined && (minExclusive ? number <= min : number < min);
  if (low || (max !== undefined && number > max)) return { ok: false, problem: `${range}.` };
  return { ok: true, value: number };
}

/** What is wrong with a value that is written or about to be; undefined for a good one and for none. */
export function problemOfValue(field: FormField, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const parsed = parseFieldText(field, showFieldValue(value));
  return parsed.ok ? undefined : parsed.problem;
}

const oneOf = (choices: readonly (number | string)[]) => `One of ${choices.join(', ')}.`;

/** One line under a field: what it does, its limits and its default with where that is known from. */
export function fieldHelp(field: FormField): string {
  const { help, unit } = field;
  const range = rangeWords(field);
  return [help, range && `${range}${unit ? ` ${unit}` : ''}.`].filter(Boolean).join(' ');
}

function rangeWords({ min, max, minExclusive }: FormField): string {
  if (min === undefined && max === undefined) return '';
  if (max === undefined) return `${minExclusive ? 'More than' : 'From'} ${showNumber(min ?? 0)}`;
  if (min === undefined) return `Up to ${showNumber(max)}`;
  return minExclusive
    ? `More than ${showNumber(min)}, up to ${showNumber(max)}`
    : `From ${showNumber(min)} to ${showNumber(max)}`;
}

/** A number that came as one or as text; undefined for anything else. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
