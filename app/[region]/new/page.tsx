import type { Metadata } from 'next';
import { NotBuiltPage } from '@/components/actions/not-built-page';
import { ResumePlanPage } from '@/components/actions/resume-plan-page';
import { parseCheckpointName } from '@/lib/actions/parse-checkpoint-name';

export const metadata: Metadata = { title: 'New job' };

interface NewJobPageProps {
  params: Promise<{ region: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** /{region}/new – a new job from a checkpoint: `?resume={group}/{version}`. */
export default async function NewJobPage({ params, searchParams }: NewJobPageProps) {
  const { region } = await params;
  const { resume, iterate, evaluate } = await searchParams;
  if (typeof resume === 'string') {
    const checkpoint = parseCheckpointName(resume);
    if (checkpoint) return <ResumePlanPage region={region} {...checkpoint} />;
    return (
      <NotBuiltPage
        region={region}
        heading="New job"
        title="This address names no checkpoint"
        text="It should end in resume= with a model package group and a version, such as resume=my-group/41."
      />
    );
  }
  const [heading, what] =
    iterate !== undefined ? ['Iterate', 'A new job from a model checkpoint'] : ['Evaluate', 'An evaluation'];
  if (iterate !== undefined || evaluate !== undefined) {
    return (
      <NotBuiltPage
        region={region}
        heading={heading}
        title="This is not built yet"
        text={`${what} cannot be planned here so far. Start it with the AWS CLI or Python; Cairn shows it as soon as AWS has it.`}
      />
    );
  }
  return (
    <NotBuiltPage
      region={region}
      heading="New job"
      title="Choose a checkpoint first"
      text="Open a job and press Resume, or pick one of its resumable checkpoints."
    />
  );
}
