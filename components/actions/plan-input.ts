import type { FieldToMend } from '@/lib/actions/fields-to-mend';
import { type PlanResponse, roleArnSchema } from '@/lib/contract/actions';
import { jobNameSchema } from '@/lib/contract/names';

export interface Tag {
  key: string;
  value: string;
}

/** Name and tags of a plan, as the fields for them need them; the same for every action. */
export interface NameAndTagsState {
  plan?: PlanResponse;
  jobName: string;
  tags: Tag[];
  nameProblem?: string;
  tagsProblem?: string;
  nameEdited: boolean;
  /** The plan on screen is the plan of what is in the fields. */
  settled: boolean;
  setJobName: (jobName: string | undefined) => void;
  setTags: (tags: Tag[]) => void;
}

export function problemOfName(jobName: string | undefined): string | undefined {
  if (jobName === undefined) return undefined;
  if (jobName === '') return 'A job needs a name.';
  const parsed = jobNameSchema.safeParse(jobName);
  return parsed.success ? undefined : `The name ${parsed.error.issues[0]?.message ?? 'is not valid'}.`;
}

/** Id of the element that holds a field, to lead a person there. */
export const fieldId = (key: string) => `field-${encodeURIComponent(key)}`;

export function nameAndTagsToMend(nameProblem: string | undefined, tagsProblem: string | undefined): FieldToMend[] {
  return [
    ...(nameProblem ? [{ key: 'name', label: 'Job name', problem: nameProblem }] : []),
    ...(tagsProblem ? [{ key: 'tags', label: 'Tags', problem: tagsProblem }] : []),
  ];
}

/** Of a role typed by hand; an empty field means the parent's. */
export function problemOfRole(roleArn: string | undefined): string | undefined {
  if (!roleArn) return undefined;
  const parsed = roleArnSchema.safeParse(roleArn);
  return parsed.success ? undefined : `It ${parsed.error.issues[0]?.message ?? 'is not the ARN of a role'}.`;
}

/** Of a config document typed by hand. */
export function problemOfDocument(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? undefined
      : 'It must be a JSON object.';
  } catch (error) {
    return `It is not valid JSON: ${error instanceof Error ? error.message : 'unknown'}`;
  }
}

/** Lengths as the API model has them: keys 1 to 128, values up to 256 characters. */
export function problemOfTags(tags: Tag[] | undefined): string | undefined {
  if (!tags) return undefined;
  if (tags.some((tag) => tag.key === '' && tag.value !== '')) return 'Every tag needs a key.';
  if (tags.some((tag) => tag.key.length > 128)) return 'A tag key has at most 128 characters.';
  if (tags.some((tag) => tag.value.length > 256)) return 'A tag value has at most 256 characters.';
  return undefined;
}
