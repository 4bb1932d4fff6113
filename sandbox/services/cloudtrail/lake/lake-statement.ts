import { AwsError } from '../../../protocol/aws-error';

// The few statements the sandbox understands: counts of data events of one job in a stretch of time. The real service takes
// every SELECT of Trino (AWS docs); whatever is not read here to the last word is refused and never guessed at.

/** What rows may be grouped by. */
const KEYS = ['eventname', 'errorcode', "date_trunc('minute',eventtime)"] as const;
const AGGREGATES = ['count(*)', 'min(eventtime)', 'max(eventtime)', 'max(errormessage)'] as const;
export type LakeKey = (typeof KEYS)[number];
export type LakeExpression = LakeKey | (typeof AGGREGATES)[number];

export interface LakeStatement {
  store: string;
  columns: Array<{ name: string; of: LakeExpression }>;
  /** Epoch milliseconds, both ends inside. */
  fromMs: number;
  toMs: number;
  names: string[];
  /** Of the job among the event's resources. */
  arn: string;
  groupBy: LakeKey[];
}

const LITERAL = "'((?:[^']|'')*)'";
const WHOLE = /^select (.+) from ([0-9a-f-]{36}) where (.+) group by (.+)$/i;
const TIME = new RegExp(`^eventtime (>=|<=|>|<) ${LITERAL}$`, 'i');
const NAMES = new RegExp(`^eventname in \\((${LITERAL}(?:, ?${LITERAL})*)\\)$`, 'i');
const RESOURCE = new RegExp(`^any_match\\(resources, (\\w+) -> \\1\\.arn = ${LITERAL}\\)$`, 'i');

/** Throws InvalidQueryStatementException for everything else, also for a statement without both ends of the time. */
export function parseLakeStatement(text: string): LakeStatement {
  const [, select = '', store = '', where = '', group = ''] =
    WHOLE.exec(text.trim().replace(/\s+/g, ' ')) ?? refuse('only SELECT … FROM … WHERE … GROUP BY … is emulated');
  const groupBy = list(group).map((item) => oneOf(KEYS, item));
  const columns = list(select).map((item) => {
    const [, expression = '', alias] = /^(.+?)(?: as (\w+))?$/i.exec(item) ?? [];
    const of = oneOf([...KEYS, ...AGGREGATES], expression);
    if (isKey(of) && !groupBy.includes(of))
      refuse(`'${expression}' must be an aggregate expression or appear in GROUP BY`);
    return { name: alias ?? expression, of };
  });
  const read: Partial<LakeStatement> = {};
  for (const condition of where.split(/ and /i)) readCondition(condition.trim(), read);
  const { fromMs, toMs, names, arn } = read;
  if (fromMs === undefined || toMs === undefined || !names || arn === undefined) {
    return refuse('eventTime from and to, eventName and the ARN of a resource must all be given');
  }
  return { store, columns, fromMs, toMs, names, arn, groupBy };
}

export const isKey = (expression: LakeExpression): expression is LakeKey =>
  (KEYS as readonly string[]).includes(expression);

function readCondition(condition: string, read: Partial<LakeStatement>): void {
  const time = TIME.exec(condition);
  const names = NAMES.exec(condition);
  const resource = RESOURCE.exec(condition);
  if (time) {
    const [, operator = '', value = ''] = time;
    const at = parseTime(value);
    if (operator.startsWith('>')) read.fromMs = operator === '>' ? at + 1 : at;
    else read.toMs = operator === '<' ? at - 1 : at;
  } else if (names) {
    read.names = [...(names[1] ?? '').matchAll(new RegExp(LITERAL, 'g'))].map(([, value = '']) => unquote(value));
  } else if (resource) {
    read.arn = unquote(resource[2] ?? '');
  } else {
    refuse(`the condition ${condition} is not emulated`);
  }
}

function parseTime(text: string): number {
  const at = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}Z`)
    : Number.NaN;
  return Number.isNaN(at) ? refuse(`'${text}' is not a timestamp`) : at;
}

/** Items between commas that stand in no brackets. */
const list = (text: string) => text.split(/,(?![^(]*\))/).map((item) => item.trim());

function oneOf<T extends string>(allowed: readonly T[], text: string): T {
  const compact = text.replace(/\s+/g, '').toLowerCase();
  return allowed.find((each) => each === compact) ?? refuse(`'${text}' is not emulated`);
}

const unquote = (text: string) => text.replaceAll("''", "'");

function refuse(why: string): never {
  throw new AwsError('InvalidQueryStatementException', `The query statement is not valid: ${why}.`);
}
