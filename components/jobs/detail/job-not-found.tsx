import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import Link from 'next/link';
import { MessageState } from '@/components/ui/message-state';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { JOB_CATEGORIES, jobCategorySchema, jobNameSchema } from '@/lib/contract/names';
import { pagePaths } from '@/lib/contract/paths';
import classes from './detail.module.css';

interface JobNotFoundProps {
  region: string;
  /** As they stand in the address, maybe escaped. */
  category: string;
  name: string;
}

/** Longer parts of an address are shown in part. */
const MAX_SHOWN = 80;

/** No job at this address: because it cannot be one, or because neither catalog nor AWS knows it. */
export function JobNotFound({ region, category, name }: JobNotFoundProps) {
  const { title, text } = whyNot(unescaped(category), unescaped(name), region);
  return (
    <>
      <VisuallyHidden>
        <h1>Job not found</h1>
      </VisuallyHidden>
      <MessageState
        icon={<IconMapOff size={20} />}
        title={title}
        actions={
          <Button component={Link} href={pagePaths.jobs(unescaped(region))} variant="default">
            All jobs
          </Button>
        }
      >
        <p className={classes.any}>{text}</p>
      </MessageState>
    </>
  );
}

/** Which part of the address is at fault, in words. */
export function whyNot(category: string, name: string, region: string): { title: string; text: string } {
  const shownName = cut(name);
  if (!jobCategorySchema.safeParse(category).success) {
    return {
      title: 'This address names no job',
      text: `“${cut(category)}” is no kind of job. It must be ${JOB_CATEGORIES.join(' or ')}.`,
    };
  }
  const checked = jobNameSchema.safeParse(name);
  if (!checked.success) {
    return {
      title: 'This address names no job',
      text: `“${shownName}” cannot be a job name: it ${checked.error.issues[0]?.message ?? 'is malformed'}.`,
    };
  }
  return {
    title: 'No such job',
    text: `${shownName} is neither in the catalog nor in AWS (${category}, ${region}). It may be in another region or account, or it was deleted before Cairn met it.`,
  };
}

const cut = (text: string) => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
