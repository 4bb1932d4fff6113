import { invalid } from './mlflow-error';

export type FilterValue = string | number | readonly string[];
export type Comparator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN';

/** One comparison of a search filter; `kind` is the part before the dot (attributes when there is none). */
export interface Clause {
  kind: 'attribute' | 'tag' | 'param' | 'metric' | 'metadata';
  key: string;
  comparator: Comparator;
  value: FilterValue;
}

const KINDS: Readonly<Record<string, Clause['kind']>> = {
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
  trace: 'attribute',
  tag: 'tag',
  tags: 'tag',
  param: 'param',
  params: 'param',
  parameter: 'param',
  parameters: 'param',
  metric: 'metric',
  metrics: 'metric',
  metadata: 'metadata',
  request_metadata: 'metadata',
};

const KEY = /^(?:([A-Za-z_]+)\.)?(?:"([^"]+)"|`([^`]+)`|([A-Za-z0-9_][A-Za-z0-9_./-]*))/;
const COMPARATOR = /^\s*(NOT\s+IN|IN|LIKE|ILIKE|!=|>=|<=|=|>|<)\s*/i;
const VALUE = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))/;
const LIST = /^\(\s*((?:'[^']*'|"[^"]*")(?:\s*,\s*(?:'[^']*'|"[^"]*"))*)\s*\)/;

/**
 * Reads a search filter: comparisons joined by AND, nothing else. Keys with slashes are quoted with double quotes or
 * backticks; texts stand in quotes. Throws INVALID_PARAMETER_VALUE on anything it cannot read.
 */
export function parseFilter(text: string | undefined): Clause[] {
  const clauses: Clause[] = [];
  let rest = (text ?? '').trim();
  while (rest !== '') {
    const { clause, after } = readClause(rest);
    clauses.push(clause);
    rest = after.trim();
    if (rest === '') break;
    const joined = /^AND\s+/i.exec(rest);
    if (!joined) throw invalid(`Invalid clause(s) in filter string: '${rest.slice(0, 100)}'`);
    rest = rest.slice(joined[0].length).trim();
  }
  return clauses;
}

function readClause(text: string): { clause: Clause; after: string } {
  const bad = () => invalid(`Invalid clause(s) in filter string: '${text.slice(0, 100)}'`);
  const key = KEY.exec(text);
  if (!key) throw bad();
  let rest = text.slice(key[0].length);
  const comparator = COMPARATOR.exec(rest);
  if (!comparator) throw bad();
  rest = rest.slice(comparator[0].length);
  const [value, length] = readOperand(rest) ?? [];
  if (value === undefined || length === undefined) throw bad();
  const word = (comparator[1] ?? '').toUpperCase().replace(/\s+/g, ' ') as Comparator;
  if (Array.isArray(value) !== (word === 'IN' || word === 'NOT IN')) throw bad();
  return { clause: { ...readKey(key), comparator: word, value }, after: rest.slice(length) };
}

function readKey(found: RegExpExecArray): Pick<Clause, 'kind' | 'key'> {
  const key = found[2] ?? found[3] ?? found[4] ?? '';
  if (found[1] === undefined) return dotted(key);
  const kind = KINDS[found[1].toLowerCase()];
  if (!kind) throw invalid(`Invalid entity type '${found[1]}'. Valid values are ${Object.keys(KINDS).join(', ')}`);
  return { kind, key };
}

/** `tags.mlflow.runName` without quotes: the first word names the kind. */
function dotted(key: string): Pick<Clause, 'kind' | 'key'> {
  const dot = key.indexOf('.');
  const kind = dot > 0 ? KINDS[key.slice(0, dot).toLowerCase()] : undefined;
  return kind ? { kind, key: key.slice(dot + 1) } : { kind: 'attribute', key };
}

function readOperand(text: string): [FilterValue, number] | undefined {
  const list = LIST.exec(text);
  if (list) {
    const items = (list[1] ?? '').match(/'[^']*'|"[^"]*"/g) ?? [];
    return [items.map((item) => item.slice(1, -1)), list[0].length];
  }
  const found = VALUE.exec(text);
  if (!found) return undefined;
  const quoted = found[1] ?? found[2];
  return [quoted === undefined ? Number(found[3]) : quoted.replace(/\\(.)/g, '$1'), found[0].length];
}

/** Whether a value satisfies a clause; a value that is not there satisfies none. */
export function satisfies(actual: string | number | undefined, { comparator, value }: Clause): boolean {
  if (actual === undefined) return false;
  if (Array.isArray(value)) return value.includes(String(actual)) === (comparator === 'IN');
  if (comparator === 'LIKE' || comparator === 'ILIKE') {
    const pattern = likePattern(String(value), comparator === 'ILIKE');
    return pattern.test(String(actual));
  }
  const [a, b] = typeof actual === 'number' ? [actual, Number(value)] : [actual, String(value)];
  switch (comparator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    default:
      return a <= b;
  }
}

function likePattern(like: string, ignoreCase: boolean): RegExp {
  const source = like
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
}

export interface Order {
  kind: Clause['kind'];
  key: string;
  descending: boolean;
}

/** Reads `order_by` entries such as `metrics."a/b" DESC`; ascending unless it says otherwise. */
export function parseOrder(texts: readonly string[]): Order[] {
  return texts.map((text) => {
    const found = /^(.*?)(?:\s+(ASC|DESC))?$/i.exec(text.trim());
    const key = KEY.exec(found?.[1] ?? '');
    if (!found || !key || key[0] !== found[1]) throw invalid(`Invalid order_by clause '${text}'.`);
    return { ...readKey(key), descending: found[2]?.toUpperCase() === 'DESC' };
  });
}

/** Compares two values; the missing one comes last. */
export function compareValues(
  a: string | number | undefined,
  b: string | number | undefined,
  descending: boolean,
): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const order = a < b ? -1 : a > b ? 1 : 0;
  return descending ? -order : order;
}
