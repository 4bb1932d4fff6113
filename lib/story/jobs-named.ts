const ARN = /\bjob\/AgentRFT(?:Evaluation)?\/([A-Za-z0-9-]{1,63})/g;
/** `jobName=x`, `"job_name": "x"`. A bare word is no name: jobs are called all sorts of things. */
const FIELD = /\bjob[_ -]?name["']?\s*[:=]\s*["']?([A-Za-z0-9-]{1,63})/gi;

/** The jobs a log line names, by ARN or in a field that says so. */
export function jobsNamed(message: string): string[] {
  return [ARN, FIELD].flatMap((pattern) => Array.from(message.matchAll(pattern), ([, name = '']) => name));
}
