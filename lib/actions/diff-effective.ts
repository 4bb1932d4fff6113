import type { DiffEntry } from '../contract/actions';
import type { JobCategory } from '../contract/names';
import { effectiveHyperparameters } from '../hyperparameters/effective-hyperparameters';
import { parseConfigDocument } from '../jobs/parse-config-document';
import { sectionOf } from './apply-changes';
import type { JobRequest } from './build-resume-request';
import { diffRequests } from './diff-requests';
import { equalJson } from './equal-json';

/**
 * What differs between two requests of one category in the values that jobs run with: a hyperparameter that one request
 * writes and the other leaves to its default differs only when the values do. Everything else as `diffRequests` says.
 */
export function diffEffective(before: JobRequest, after: JobRequest, baseModel: string | undefined): DiffEntry[] {
  const category = after.JobCategory as JobCategory;
  const prefix = `JobConfigDocument.${sectionOf(category)}.HyperParameters`;
  const others = diffRequests(before, after).filter(({ path }) => path !== prefix && !path.startsWith(`${prefix}.`));
  return [...others, ...diffParameters(before, after, category, baseModel, prefix)];
}

function diffParameters(
  before: JobRequest | undefined,
  after: JobRequest,
  category: JobCategory,
  baseModel: string | undefined,
  prefix: string,
): DiffEntry[] {
  const read = (request: JobRequest | undefined) =>
    new Map(
      effectiveHyperparameters(category, baseModel, parseConfigDocument(request?.JobConfigDocument).parsed).map(
        (entry) => [entry.name, entry],
      ),
    );
  const left = read(before);
  const right = read(after);
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name): DiffEntry[] => {
    const was = left.get(name);
    const is = right.get(name);
    if (was && is && equalJson(was.value, is.value)) return [];
    return [
      {
        path: `${prefix}.${name}`,
        kind: !was ? 'added' : !is ? 'removed' : 'changed',
        ...(was ? { before: was.value, beforeDefault: was.isDefault } : {}),
        ...(is ? { after: is.value, afterDefault: is.isDefault } : {}),
      },
    ];
  });
}

/**
 * What an evaluation takes over from a training job and what it changes of it: agent, data, output, role. Training and
 * evaluation have no hyperparameter in common, so those are compared with the defaults.
 */
export function diffEvaluation(training: JobRequest, after: JobRequest, baseModel: string | undefined): DiffEntry[] {
  const ownPart = /^JobConfigDocument\.(TrainingConfig|EvaluationConfig|ModelPackageConfig\.(Output|Intermediate))/;
  const others = diffRequests(training, after).filter(
    ({ path }) => !ownPart.test(path) && path !== 'JobConfigDocument.ModelPackageConfig' && path !== 'JobCategory',
  );
  const prefix = 'JobConfigDocument.EvaluationConfig.HyperParameters';
  return [...others, ...diffParameters(undefined, after, 'AgentRFTEvaluation', baseModel, prefix)];
}
