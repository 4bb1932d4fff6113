import type { PlanChanges } from '../contract/actions';
import type { JobCategory } from '../contract/names';
import { parseConfigDocument } from '../jobs/parse-config-document';
import { asRecord, asText } from '../jobs/parse-value';
import { applyChanges, type GroupPlace, sectionOf, setMember } from './apply-changes';
import { type BuiltRequest, isReservedTagKey, type ResumeParent } from './build-resume-request';
import { evaluationDocument } from './evaluation-document';
import { removeJsonMember } from './json-text';

export interface EditChoice {
  category: JobCategory;
  jobName: string;
  /** The model checkpoint to start from; absent: an evaluation of the base model. */
  inputPackageArn?: string;
  /** The schema version the document is written in; left out: the parent's. */
  schemaVersion?: string;
  tags?: { key: string; value: string }[];
  changes?: PlanChanges;
  /** A document written by hand, in place of the parent's. */
  document?: string;
  /** Goes with it. */
  roleArn?: string;
  place: GroupPlace;
}

/**
 * The CreateJob input of an iterate or an evaluation: the parent's document (or one written by hand) without the service's
 * own part, with the changes and the checkpoint put in. The base model of an iterate stays what it is (AWS docs: only the
 * base model must match). Where the parent named its MLflow run, the new run gets the name of the new job: two jobs
 * under one run name cannot be told apart.
 */
export function buildEditRequest(parent: ResumeParent | undefined, choice: EditChoice): BuiltRequest {
  const start = startDocument(parent, choice);
  if (!start.ok) return start;
  const roleArn = choice.roleArn ?? choice.changes?.roleArn ?? parent?.roleArn;
  if (!roleArn)
    return { ok: false, problem: 'No execution role is known for the new job. Give one beside the document.' };
  const schemaVersion = choice.schemaVersion ?? parent?.jobConfigSchemaVersion;
  if (!schemaVersion) return { ok: false, problem: 'The config schema version is not known.' };
  let text = applyChanges(start.text, choice.category, choice.changes ?? {}, choice.place);
  if (choice.document === undefined) text = renameRun(text, choice.jobName);
  text = choice.inputPackageArn
    ? setMember(text, ['ModelPackageConfig'], 'InputModelPackageArn', choice.inputPackageArn)
    : removeJsonMember(text, [], 'ModelPackageConfig');
  // A document by hand may hold something else than an object there, or the member twice: what counts is what AWS reads.
  if (inputPackageOf(text) !== choice.inputPackageArn) {
    return {
      ok: false,
      problem:
        'The checkpoint cannot be put into the document. Make its ModelPackageConfig one JSON object, or leave it out.',
    };
  }
  const tags = choice.tags ?? (parent?.tags ?? []).filter((tag) => !isReservedTagKey(tag.key));
  return {
    ok: true,
    request: {
      JobName: choice.jobName,
      RoleArn: roleArn,
      JobCategory: choice.category,
      JobConfigSchemaVersion: schemaVersion,
      JobConfigDocument: text,
      ...(tags.length > 0 ? { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) } : {}),
    },
  };
}

function startDocument(
  parent: ResumeParent | undefined,
  { document, category }: EditChoice,
): { ok: true; text: string } | { ok: false; problem: string } {
  if (document !== undefined) {
    const { problem } = parseConfigDocument(document);
    if (problem) return { ok: false, problem: 'The document is not a JSON object, or nested too deeply.' };
    return { ok: true, text: removeJsonMember(document, [], 'ServiceOutput') };
  }
  if (!parent) return { ok: false, problem: 'Nobody knows which job made this checkpoint.' };
  const { raw } = parent.config;
  const { parsed, problem } = parseConfigDocument(raw);
  if (raw === undefined || !parsed) return { ok: false, problem: problem ?? 'The parent has no config document.' };
  if (category === 'AgentRFTEvaluation' && parent.jobCategory === 'AgentRFT') {
    return { ok: true, text: evaluationDocument(parsed) };
  }
  if (!asRecord(parsed[sectionOf(category)])) {
    return { ok: false, problem: `The config document of the parent job has no ${sectionOf(category)}.` };
  }
  return { ok: true, text: removeJsonMember(raw, [], 'ServiceOutput') };
}

const inputPackageOf = (text: string) =>
  asText(asRecord(asRecord(JSON.parse(text))?.ModelPackageConfig)?.InputModelPackageArn);

function renameRun(text: string, jobName: string): string {
  const document = asRecord(JSON.parse(text));
  return ['OutputDataConfig', 'TrainingConfig', 'EvaluationConfig'].reduce((result, place) => {
    const config = asRecord(asRecord(document?.[place])?.MlflowConfig);
    if (asText(config?.MlflowRunName) === undefined) return result;
    return setMember(result, [place, 'MlflowConfig'], 'MlflowRunName', jobName);
  }, text);
}
