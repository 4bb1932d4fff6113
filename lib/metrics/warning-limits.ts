import { toHyperparameters } from '../jobs/to-hyperparameters';

/** The default of sampling_max_tokens for every model (AWS docs). */
const DEFAULT_MAX_TOKENS = 4096;

/** What warnings are measured against. Batch sizes have no default that holds for every model, so none is assumed. */
export function warningLimits(document: Record<string, unknown> | undefined): { maxTokens: number; groups?: number } {
  const parameters = toHyperparameters(document);
  const count = (name: string) => {
    const value = Number(parameters[name]);
    return Number.isFinite(value) && value > 0 ? value : undefined;
  };
  const groups = count('global_batch_size');
  return { maxTokens: count('sampling_max_tokens') ?? DEFAULT_MAX_TOKENS, ...(groups ? { groups } : {}) };
}
