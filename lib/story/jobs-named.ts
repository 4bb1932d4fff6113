const ARN = /\bjob\/AgentRFT(?:Evaluation)?\/([A-Za-z0-9-]{1,63})/g;
/** `jobName=x`, `"job_name": "x"`: what other programs call a job stands there as well. */
const FIELD = /\bjob[_ -]?name["']?\s*[:=]\s*["']?([\w./-]+)/gi;

const find = (pattern: RegExp, message: string) => Array.from(message.matchAll(pattern), ([, name = '']) => name);

/**
 * Whether a log line belongs to another job: it names one by ARN, or one of `others` in a field, and this one nowhere. A line
 * that names nobody, or a job of some other program, may be this job's.
 */
export function isOfAnother(message: string, jobName: string, others: readonly string[]): boolean {
  const byArn = find(ARN, message);
  const byField = find(FIELD, message);
  if ([...byArn, ...byField].includes(jobName)) return false;
  return byArn.length > 0 || byField.some((name) => others.includes(name));
}
