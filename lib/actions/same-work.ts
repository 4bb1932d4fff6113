import { parseConfigDocument } from '../jobs/parse-config-document';
import { asRecord } from '../jobs/parse-value';
import { equalJson } from './equal-json';

/** Whether two config documents make jobs do the same: everything but ServiceOutput and the names of MLflow runs. */
export function sameWork(one: string, other: string): boolean {
  const a = bare(one);
  const b = bare(other);
  return a !== undefined && b !== undefined && equalJson(a, b);
}

function bare(raw: string): Record<string, unknown> | undefined {
  const { parsed } = parseConfigDocument(raw);
  if (!parsed) return undefined;
  const { ServiceOutput: _, ...rest } = parsed;
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => {
      const mlflow = asRecord(asRecord(value)?.MlflowConfig);
      if (!mlflow) return [key, value];
      const { MlflowRunName: __, ...config } = mlflow;
      return [key, { ...asRecord(value), MlflowConfig: config }];
    }),
  );
}
