import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOB_CATEGORIES } from '../contract/names';
import { effectiveHyperparameters } from './effective-hyperparameters';
import { hyperparametersOf, hyperparameterTable } from './hyperparameter';

const NOVA = 'nova-textgeneration-lite-v2';
const GPT = 'openai-reasoning-gpt-oss-20b';

const training = (parameters: object) => ({ TrainingConfig: { HyperParameters: parameters } });
const find = (model: string | undefined, name: string, document?: Record<string, unknown>) =>
  effectiveHyperparameters('AgentRFT', model, document).find((entry) => entry.name === name);

describe('hyperparametersOf', () => {
  it('gives a model its own choices, range and default', () => {
    const batch = hyperparametersOf('AgentRFT', NOVA).find(({ name }) => name === 'global_batch_size');
    expect([batch?.choices, batch?.default]).toEqual([[8, 16, 32, 64], { value: 32, source: 'hub' }]);
    const rank = hyperparametersOf('AgentRFT', NOVA).find(({ name }) => name === 'lora_rank');
    expect(rank?.range).toEqual({ min: 16, max: 32 });
    const general = hyperparametersOf('AgentRFT', undefined).find(({ name }) => name === 'lora_rank');
    expect(general?.range).toEqual({ min: 16, max: 64 });
  });

  it('leaves out what only other models take', () => {
    const names = (model: string | undefined) => hyperparametersOf('AgentRFT', model).map(({ name }) => name);
    expect(names(NOVA)).toContain('save_every');
    for (const model of [GPT, undefined, '__proto__', 'a-model-of-next-year']) {
      expect(names(model)).not.toContain('save_every');
    }
  });

  it('has every default inside its own range and choices', () => {
    for (const category of JOB_CATEGORIES) {
      for (const model of [undefined, GPT, NOVA]) {
        for (const { name, type, range, choices, default: preset } of hyperparametersOf(category, model)) {
          const value = preset?.value;
          expect([name, value]).not.toEqual([name, undefined]);
          if (choices) expect(choices).toContain(value);
          if (type === 'integer') expect(Number.isInteger(value)).toBe(true);
          if (range && typeof value === 'number') {
            expect(value).toBeGreaterThanOrEqual(range.min);
            expect(value).toBeLessThanOrEqual(range.max);
          }
        }
      }
      const names = hyperparameterTable(category).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('effectiveHyperparameters', () => {
  it('takes the written value, else the hub’s default of that model, else that of the documentation', () => {
    expect(find(GPT, 'learning_rate', training({ learning_rate: 2e-5 }))).toEqual({
      name: 'learning_rate',
      value: 2e-5,
      source: 'written',
      isDefault: false,
    });
    expect(find(GPT, 'learning_rate')).toMatchObject({ value: 1e-5, source: 'hub', isDefault: true });
    expect(find(undefined, 'learning_rate')).toMatchObject({ value: 4e-5, source: 'docs', isDefault: true });
    expect(find(undefined, 'max_steps')).toMatchObject({ value: 100, source: 'hub' });
  });

  it('reads the texts of an evaluation, and keeps a name that nobody has met', () => {
    const document = {
      EvaluationConfig: { HyperParameters: { temperature: '0.70', pass_k_values: '[1, 2]', odd: '1e', n: '7' } },
    };
    const entries = effectiveHyperparameters('AgentRFTEvaluation', GPT, document);
    const value = (name: string) => entries.find((entry) => entry.name === name)?.value;
    expect([value('temperature'), value('pass_k_values'), value('odd'), value('n')]).toEqual([0.7, [1, 2], '1e', 7]);
    expect(entries.at(-1)?.name).toBe('n');
  });

  it('names every parameter once and keeps all that was written, whatever the document holds', () => {
    const documents = fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.string(), fc.array(fc.integer())));
    fc.assert(
      fc.property(documents, fc.constantFrom(GPT, NOVA, undefined), (parameters, model) => {
        const entries = effectiveHyperparameters('AgentRFT', model, training(parameters));
        const names = entries.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        for (const entry of entries) expect(entry.isDefault).toBe(entry.source !== 'written');
        expect(entries.filter((entry) => !entry.isDefault)).toHaveLength(Object.keys(parameters).length);
      }),
      { examples: [[JSON.parse('{"__proto__": [1]}'), GPT]] },
    );
  });
});
