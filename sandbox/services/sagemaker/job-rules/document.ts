import { validationError } from '../../../protocol/aws-error';
import { mlflowConfigOf } from '../../../world/service-output';
import type { JobCategory, JsonObject } from '../../../world/types';

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
export function checkDocument(_category: JobCategory, _version: string, document: JsonObject): void {
  if (document.ServiceOutput !== undefined) {
    throw validationError('JobConfigDocument must not contain ServiceOutput: it is written by the service.');
  }
  if (!mlflowConfigOf({ document })) {
    throw validationError('JobConfigDocument must contain an MlflowConfig with an MlflowResourceArn.');
  }
}
