import { groupNameSchema, packageVersionSchema } from '../contract/names';

/** `group/version` as addresses carry it; undefined for anything else. */
export function parseCheckpointName(text: string): { group: string; version: number } | undefined {
  const [group, version, ...more] = text.split('/');
  if (more.length > 0 || !/^[1-9]\d*$/.test(version ?? '')) return undefined;
  const parsedGroup = groupNameSchema.safeParse(group);
  const parsedVersion = packageVersionSchema.safeParse(version);
  if (!parsedGroup.success || !parsedVersion.success) return undefined;
  return { group: parsedGroup.data, version: parsedVersion.data };
}
