/**
 * A reader of MLflow of the tests' own, so that what Cairn keeps is held against what MLflow says and not against what
 * Cairn read of it. Signatures are not checked by the sandbox; the headers are all it looks at.
 */
export interface RawMetric {
  key: string;
  value: number | string;
  timestamp: number;
  step: number;
}

function headersFor(arn: string): Record<string, string> {
  const isApp = arn.includes(':mlflow-app/');
  const scope = `AKIAEXAMPLE/20261120/${arn.split(':')[3]}/${isApp ? 'sagemaker' : 'sagemaker-mlflow'}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=00`,
    'x-amz-date': '20261120T120000Z',
    [isApp ? 'x-sm-mlflow-app-arn' : 'x-mlflow-sm-tracking-server-arn']: arn,
  };
}

async function ask<T>(url: string, arn: string, path: string, query: Record<string, string>): Promise<T> {
  const response = await fetch(`${url}/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`, {
    headers: headersFor(arn),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Every metric key of a run. */
export async function readKeys(url: string, arn: string, runId: string): Promise<string[]> {
  const { run } = await ask<{ run: { data: { metrics?: { key: string }[] } } }>(url, arn, 'runs/get', {
    run_id: runId,
  });
  return (run.data.metrics ?? []).map(({ key }) => key).sort();
}

/** Every point of one metric, as MLflow has it. */
export async function readHistory(url: string, arn: string, runId: string, key: string): Promise<RawMetric[]> {
  const query = { run_id: runId, metric_key: key };
  return (await ask<{ metrics?: RawMetric[] }>(url, arn, 'metrics/get-history', query)).metrics ?? [];
}

/** What a chart of such a history has to show: by step, of repeated steps the last by time, NaN as a gap. */
export function expectedPoints(history: readonly RawMetric[]): [number, number | null, number][] {
  const bySteps = new Map<number, RawMetric>();
  for (const point of history) {
    const known = bySteps.get(point.step);
    if (!known || point.timestamp >= known.timestamp) bySteps.set(point.step, point);
  }
  return [...bySteps.values()]
    .sort((a, b) => a.step - b.step)
    .map(({ step, value, timestamp }) => [
      step,
      typeof value === 'string' || Math.abs(value) > 1.79e308 ? null : value,
      timestamp,
    ]);
}
