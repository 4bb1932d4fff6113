import { asCount } from '../jobs/parse-value';
import { toHyperparameters } from '../jobs/to-hyperparameters';

/** More than anybody compares by eye. */
const MOST = 8;

/**
 * The k that a job measures pass@k for, as its document says; empty where the default of the service holds. Training
 * sends a list, an evaluation the same as JSON text (field reports).
 */
export function passKsOf(document: Record<string, unknown> | undefined): number[] {
  const value = toHyperparameters(document).pass_k_values;
  const list: unknown = typeof value === 'string' ? readList(value) : value;
  if (!Array.isArray(list)) return [];
  const ks = list.map(asCount).filter((k) => k !== undefined && k > 0 && k <= 9_999);
  return [...new Set(ks as number[])].sort((a, b) => a - b).slice(0, MOST);
}

function readList(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
