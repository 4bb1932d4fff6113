import type { Metadata } from 'next';
import { EditPlanPage } from '@/components/actions/edit-plan-page';
import { NotBuiltPage } from '@/components/actions/not-built-page';
import { ResumePlanPage } from '@/components/actions/resume-plan-page';
import { parseBaseline, parseCheckpointName } from '@/lib/actions/parse-checkpoint-name';

export const metadata: Metadata = { title: 'New job' };

interface NewJobPageProps {
  params: Promise<{ region: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** /{region}/new – a new job from a checkpoint: `?resume=`, `?iterate=` or `?evaluate={group}/{version}`, `?evaluate=base:{job}`. */
export default async function NewJobPage({ params, searchParams }: NewJobPageProps) {
  const { region } = await params;
  const { resume, iterate, evaluate } = await searchParams;
  const wanted = resume ?? iterate ?? evaluate;
  if (typeof wanted === 'string') {
    const baseline = evaluate === wanted ? parseBaseline(wanted) : undefined;
    if (baseline) return <EditPlanPage region={region} base={{ action: 'evaluate', template: baseline }} />;
    const from = parseCheckpointName(wanted);
    if (from && resume === wanted) return <ResumePlanPage region={region} {...from} />;
    if (from) {
      return <EditPlanPage region={region} base={{ action: iterate === wanted ? 'iterate' : 'evaluate', from }} />;
    }
    return (
      <NotBuiltPage
        region={region}
        heading="New job"
        title="This address names no checkpoint"
        text="It should end in resume=, iterate= or evaluate= with a model package group and a version, such as resume=my-group/41."
      />
    );
  }
  return (
    <NotBuiltPage
      region={region}
      heading="New job"
      title="Choose a checkpoint first"
      text="Open a job and press Resume, or pick one of its checkpoints to resume, iterate on or evaluate."
    />
  );
}
