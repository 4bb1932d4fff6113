import { groupNameSchema, jobNameSchema, packageVersionSchema } from '../contract/names';

/** `group/version` as addresses carry it; undefined for anything else. */
export function parseCheckpointName(text: string): { group: string; version: number } | undefined {
  const [group, version, ...more] = text.split('/');
  if (more.length > 0 || !/^[1-9]\d*$/.test(version ?? '')) return undefined;
  const parsedGroup = groupNameSchema.safeParse(group);
  const parsedVersion = packageVersionSchema.safeParse(version);
  if (!parsedGroup.success || !parsedVersion.success) return undefined;
  return { group: parsedGroup.data, version: parsedVersion.data };
}

/** `base:{job}`: the base model of a training job, for an evaluation of where it all began. */
export function parseBaseline(text: string): { jobName: string } | undefined {
  if (!text.startsWith('base:')) return undefined;
  const parsed = jobNameSchema.safeParse(text.slice(5));
  return parsed.success ? { jobName: parsed.data } : undefined;
}
