/** One value of a job's document that its parent had otherwise. */
export interface ConfigChange {
  /** The last two parts of the path: `HyperParameters.learning_rate`. */
  path: string;
  before?: string;
  after?: string;
}

/** What every job has for itself, and what the service added: no change of the recipe. */
const NOT_COMPARED = /^(ServiceOutput|OutputDataConfig|ModelPackageConfig)\b|MlflowConfig|MlflowRunName/;

/** What a job changed against the one it started from; documents as DescribeJob gave them. */
export function configChanges(before: Record<string, unknown>, after: Record<string, unknown>): ConfigChange[] {
  const old = flatten(before);
  const fresh = flatten(after);
  const paths = [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => !NOT_COMPARED.test(path));
  return paths.flatMap((path) => {
    const was = old.get(path);
    const is = fresh.get(path);
    return was === is ? [] : [{ path: path.split('.').slice(-2).join('.'), before: was, after: is }];
  });
}

function flatten(document: Record<string, unknown>): Map<string, string> {
  const found = new Map<string, string>();
  const open: [path: string, value: unknown][] = Object.entries(document);
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, value] = next;
    if (typeof value !== 'object' || value === null) {
      found.set(path, String(value));
      continue;
    }
    for (const [key, inner] of Object.entries(value)) open.push([`${path}.${key}`, inner]);
  }
  return found;
}
