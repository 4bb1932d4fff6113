import { AccountBuilder, type JobWish } from '../account-builder';
import { buildDocument } from '../build-document';
import type { Scenario } from '../scenario';
import { DAY, HOUR, MINUTE } from '../story';
import { NESTED_EVALUATION, WRONG_SERVICE_OUTPUT, WRONG_TYPES, withUnknownFields } from './documents';
import {
  ANSI,
  CONTROL,
  EMOJI,
  FORMULA,
  IMAGE,
  LOG_TEXTS,
  LONG_REASON,
  RIGHT_TO_LEFT,
  SCRIPT,
  TEMPLATE,
} from './strings';

const MODEL = 'openai-reasoning-gpt-oss-20b';

/** Everything a reader of AWS's answers may meet and has not been told of. */
export const strangeWords: Scenario = {
  name: 'strange-words',
  description:
    'Unknown statuses, missing and broken documents, 100 transitions, names at the limits, markup everywhere.',
  quota: { training: 10, evaluation: 10 },
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    let createdAt = now - 10 * DAY;
    const groups = ['strange-mpg', 'strange-checkpoint-mpg'] as const;
    b.group('strange-mpg', createdAt - HOUR, { description: `${SCRIPT} ${RIGHT_TO_LEFT}` });
    const train = (name: string, more: Partial<JobWish> = {}) => {
      createdAt += 3 * HOUR;
      const hyperparameters = { global_batch_size: 32, max_steps: 12 };
      return b.train({ name, createdAt, project: 'strange', groups, baseModel: MODEL, hyperparameters, ...more });
    };
    const plain = (inputPackageArn?: string) =>
      buildDocument({
        region: 'us-west-2',
        category: 'AgentRFT',
        baseModel: MODEL,
        project: 'strange',
        runName: 'strange',
        hyperparameters: { global_batch_size: 32, max_steps: 12 },
        outputGroup: groups[0],
        intermediateGroup: groups[1],
        inputPackageArn,
      });

    train('a');
    train('n'.repeat(63));
    train('0-1-2-3-4-5-6-7-8-9--double--hyphens');
    train('unknown-status', { overrides: { jobStatus: 'Quarantined', secondaryStatus: 'AwaitingReview' } });
    train('unknown-secondary-status', { overrides: { secondaryStatus: SCRIPT } });
    train('status-pending', { overrides: { jobStatus: 'Pending', secondaryStatus: 'Pending' } });
    train('document-missing', { overrides: { documentText: null } });
    train('document-cut-off', { overrides: { documentText: '{"AgentConfig":{"BedrockAgentCoreConfig":{"AgentRun' } });
    train('document-not-an-object', { overrides: { documentText: '["AgentConfig"]' } });
    train('document-html', { overrides: { documentText: `<html><body>${IMAGE}</body></html>` } });
    train('document-wrong-types', { document: WRONG_TYPES });
    train('service-output-wrong-types', { overrides: { documentText: WRONG_SERVICE_OUTPUT } });
    train('unknown-config-fields', { document: withUnknownFields(plain()) });
    train('document-at-the-limit', { document: { ...plain(), Padding: 'x'.repeat(255_000) } });
    train('unknown-schema-version', { schemaVersion: '27.1.4' });
    train('unknown-base-model', { baseModel: 'acme-foundation-model-9000b' });
    train('parent-never-existed', {
      document: plain('arn:aws:sagemaker:us-west-2:123456789012:model-package/no-such-group/99'),
    });
    train('parent-of-another-account', {
      document: plain('arn:aws:sagemaker:us-west-2:999999999999:model-package/theirs/3'),
    });
    train('hundred-transitions', { overrides: { extraTransitions: flapping(createdAt + 3 * HOUR) } });
    train('no-failure-reason', { ending: failed('') });
    train('failed-with-markup', { ending: failed(LONG_REASON), overrides: { logTexts: LOG_TEXTS } });
    train('failed-with-control-characters', { ending: failed(`${ANSI} ${CONTROL}`) });
    train('tags-with-markup', {
      tags: {
        [SCRIPT]: IMAGE,
        [RIGHT_TO_LEFT]: EMOJI,
        [FORMULA]: TEMPLATE,
        ['k'.repeat(128)]: 'v'.repeat(256),
        empty: '',
      },
      overrides: { logTexts: LOG_TEXTS },
    });
    train('fifty-tags', { tags: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`tag-${i}`, `${i}`])) });
    createdAt += 3 * HOUR;
    const nested = { hyperparameters: NESTED_EVALUATION };
    b.evaluate({ name: 'nested-evaluation-parameters', createdAt, project: 'strange', baseModel: MODEL, ...nested });
    b.region.groups.get('strange-mpg')?.addStray(now - DAY);
  },
};

const failed = (reason: string) =>
  ({ kind: 'failed', during: 'Training', afterStep: 5, reason, story: 'other' }) as const;

/** 100 short phases of words known and unknown, half a minute each. */
function flapping(from: number) {
  const words = ['Starting', 'Interrupted', 'Restarting', 'Training', 'Rebalancing', 'Pending', 'MaintenanceHold'];
  return Array.from({ length: 100 }, (_, i) => ({
    status: words[i % words.length] ?? 'Training',
    start: from - HOUR + i * 0.5 * MINUTE,
    end: from - HOUR + (i + 1) * 0.5 * MINUTE,
    ...(i % 3 === 0 && { message: i % 2 === 0 ? SCRIPT : `change ${i}` }),
  }));
}
