import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { EVALUATION_HYPERPARAMETERS } from '../../../data/evaluation-hyperparameters';
import { resourceNotFound, validationError } from '../../../protocol/aws-error';
import { asObject, asText, sentHyperParameters } from '../../../world/hyperparameters';
import { mlflowConfigOf } from '../../../world/service-output';
import type { JobCategory, JsonObject } from '../../../world/types';
import { findJobSchema } from '../job-schema/job-schemas';

/** As many problems as one message names. */
const MAX_PROBLEMS = 12;

/** Parses a config document. Throws ValidationException when it is not a JSON object. */
export function parseDocument(text: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw validationError('JobConfigDocument is not valid JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw validationError('JobConfigDocument must be a JSON object.');
  }
  return parsed as JsonObject;
}

/** Checks a document against the schema of its category and version, and the rules no schema can say. */
export function checkDocument(region: string, category: JobCategory, version: string, document: JsonObject): void {
  if (document.ServiceOutput !== undefined) {
    throw validationError('JobConfigDocument must not contain ServiceOutput: it is written by the service.');
  }
  const known = findJobSchema(category, version);
  if (!known) throw resourceNotFound(`JobConfigSchemaVersion ${version} does not exist for job category ${category}.`);
  const validate = validatorOf(category, version, known.schema);
  const problems = validate(document) ? [] : describeErrors(validate.errors ?? []);
  if (problems.length === 0) problems.push(...ruleProblems(region, category, document));
  if (problems.length === 0) return;
  const shown = problems.slice(0, MAX_PROBLEMS).join('; ');
  throw validationError(`JobConfigDocument does not satisfy the schema ${category} ${version}: ${shown}`);
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(category: JobCategory, version: string, schema: JsonObject): ValidateFunction {
  const name = `${category}/${version}`;
  let validate = validators.get(name);
  if (!validate) {
    validate = new Ajv({
      allErrors: true,
      verbose: true,
      strict: true,
      strictRequired: false,
      strictTypes: false,
    }).compile(schema);
    validators.set(name, validate);
  }
  return validate;
}

/** One sentence per problem, with its path. What only says that a branch did not match is left out. */
function describeErrors(errors: readonly ErrorObject[]): string[] {
  const choices = new Set(errors.filter((error) => error.keyword === 'oneOf').map((error) => error.instancePath));
  const telling = errors.filter((error) => !['oneOf', 'if', 'contains'].includes(error.keyword));
  const used = telling.length > 0 ? telling : errors;
  return [...new Set(used.map((error) => describeError(error, choices)))];
}

function describeError(error: ErrorObject, choices: ReadonlySet<string>): string {
  const path = error.instancePath || '/';
  switch (error.keyword) {
    case 'additionalProperties': {
      if (choices.has(error.instancePath)) return `${path} must have exactly one of its kinds`;
      const allowed = Object.keys((error.parentSchema?.properties as JsonObject | undefined) ?? {});
      const accepted = allowed.length > 0 ? `, accepted: ${allowed.join(', ')}` : '';
      return `${path} has the unknown member ${String(error.params.additionalProperty)}${accepted}`;
    }
    case 'required':
      if (choices.has(error.instancePath)) return `${path} must have exactly one of its kinds`;
      return `${path} ${error.message ?? 'is not complete'}`;
    case 'false schema':
      return `${path} is not a hyperparameter of this base model`;
    case 'enum':
      return `${path} must be one of ${JSON.stringify(error.params.allowedValues)}`;
    default:
      return `${path} ${error.message ?? 'is not valid'}`;
  }
}

function ruleProblems(region: string, category: JobCategory, document: JsonObject): string[] {
  const problems: string[] = [];
  if (!mlflowConfigOf({ document })) problems.push('an MlflowConfig is required in OutputDataConfig or TrainingConfig');
  const agent = asObject(document.AgentConfig);
  const agentArn =
    asText(asObject(agent?.BedrockAgentCoreConfig)?.AgentRuntimeArn) ??
    asText(asObject(agent?.CustomAgentLambdaConfig)?.LambdaArn);
  if (agentArn !== undefined && agentArn.split(':')[3] !== region) {
    problems.push(`/AgentConfig must name an agent of region ${region}`);
  }
  const names = (Array.isArray(document.InputDataConfig) ? document.InputDataConfig : []).map(
    (channel) => asObject(channel)?.ChannelName,
  );
  if (new Set(names).size !== names.length) problems.push('/InputDataConfig names a channel twice');
  if (category === 'AgentRFTEvaluation') problems.push(...evaluationRangeProblems(document));
  return problems;
}

function evaluationRangeProblems(document: JsonObject): string[] {
  const sent = sentHyperParameters(document);
  return EVALUATION_HYPERPARAMETERS.flatMap(({ name, range }) => {
    const value = Number(sent[name] ?? Number.NaN);
    if (!range || Number.isNaN(value) || (value >= range.min && value <= range.max)) return [];
    return [`/EvaluationConfig/HyperParameters/${name} must be from ${range.min} to ${range.max}`];
  });
}
