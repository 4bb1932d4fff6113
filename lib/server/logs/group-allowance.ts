import 'server-only';

/** Whether the operator's list (`CAIRN_LOG_GROUPS`) has a log group, by its name or by what its name begins with. */
export function isAllowedGroup(allowed: readonly string[], logGroup: string): boolean {
  return allowed.some((entry) => (entry.endsWith('*') ? logGroup.startsWith(entry.slice(0, -1)) : entry === logGroup));
}
