import type { JobDetail } from '../contract/jobs';
import { asRecord, asRecords, asText } from './parse-value';

/**
 * Where a job's metrics are. The request may carry MlflowConfig in OutputDataConfig (AWS docs) or in TrainingConfig (SDK
 * source), and in EvaluationConfig for safety (assumption); what the service itself says in ServiceOutput.MlflowDetails
 * goes before all of them, field by field.
 */
export function toMlflow(document: Record<string, unknown> | undefined): JobDetail['mlflow'] {
  const asked = asRecords(
    ['TrainingConfig', 'OutputDataConfig', 'EvaluationConfig'].map(
      (section) => asRecord(document?.[section])?.MlflowConfig,
    ),
  );
  const details = asRecord(asRecord(document?.ServiceOutput)?.MlflowDetails);
  const pick = (key: string) => asked.map((config) => asText(config[key])).find((value) => value !== undefined);
  const found = {
    resourceArn: asText(details?.MlflowResourceArn) ?? pick('MlflowResourceArn'),
    experimentName: asText(details?.ExperimentName) ?? pick('MlflowExperimentName'),
    experimentId: asText(details?.ExperimentId),
    runName: asText(details?.RunName) ?? pick('MlflowRunName'),
    runId: asText(details?.RunId),
  };
  const present = Object.entries(found).filter(([, value]) => value !== undefined);
  return present.length > 0 ? Object.fromEntries(present) : undefined;
}
