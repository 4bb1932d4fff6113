'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CheckRow, CheckRows } from '@/components/ui/check-row';
import { CopyButton } from '@/components/ui/copy-button';
import { Panel } from '@/components/ui/panel';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import { StaleNote } from '@/components/ui/stale-note';
import { TimeText } from '@/components/ui/time-text';
import type { DiagnosisCheck, RunDiagnosis } from '@/lib/contract/diagnosis';
import type { JobDetail } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { healthQuery } from '@/lib/queries/jobs-queries';
import { diagnosisQuery, postDiagnosis } from '@/lib/queries/story-queries';
import classes from './diagnosis.module.css';
import { AskHealth, InvokeForwarder } from './diagnosis-tools';
import { ShutButton } from './shut-button';

const ORDER: DiagnosisCheck['state'][] = ['fail', 'could-not', 'warn', 'pass', 'not-run'];

/** The troubleshooting path as checks: by itself for a job that ended badly or stalls, at a button for any. */
export function DiagnosisPanel({ region, job }: { region: string; job: JobDetail }) {
  const client = useQueryClient();
  const { final } = jobStatusFacts(job.jobStatus);
  const options = diagnosisQuery(region, job, !final);
  const { data, error, refetch } = useQuery(options);
  const shut = useQuery(healthQuery()).data?.readOnly?.reason;
  const run = useMutation({
    mutationFn: (body: RunDiagnosis) => postDiagnosis(region, job, body),
    onSuccess: (answer) => client.setQueryData(options.queryKey, answer),
  });
  const start = (asked: Partial<RunDiagnosis> = {}) => run.mutate({ invoke: false, ...asked });
  const failure = run.error ?? error;
  const [cause] = data?.causes ?? [];
  const tools = { shut, running: run.isPending, onStart: start };
  return (
    <Panel
      title="Diagnosis"
      note={data?.ranAt ? summary(data.checks) : undefined}
      actions={
        <ShutButton reason={shut} loading={run.isPending} onClick={() => start()}>
          {data?.ranAt ? 'Run again' : 'Diagnose'}
        </ShutButton>
      }
      flush
    >
      {failure ? (
        <StaleNote
          message={failure.message}
          {...('hint' in failure && typeof failure.hint === 'string' ? { hint: failure.hint } : {})}
          onRetry={() => void refetch()}
        />
      ) : null}
      {data?.stalled ? (
        <p className={classes.stalled} role="status">
          {data.stalled}
        </p>
      ) : null}
      {cause ? (
        <p className={classes.cause}>
          Points at: <strong>{cause.title}</strong>
        </p>
      ) : null}
      {data ? (
        <CheckRows label="Checks" quiet>
          {[...data.checks]
            .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
            .map((check) => (
              <CheckItem key={check.id} check={check} />
            ))}
        </CheckRows>
      ) : failure ? null : (
        <div className={classes.loading} aria-busy="true">
          <SkeletonBox height={140} />
        </div>
      )}
      {data?.checks.length === 0 ? (
        <p className={classes.none}>
          {final
            ? 'Nothing was checked. Diagnose looks at the job, its logs and its agent.'
            : 'Nothing was checked yet. It runs by itself when no step comes for four times the usual while, or when the job fails.'}
        </p>
      ) : null}
      {data?.ranAt ? (
        <div className={classes.tools}>
          <p className={classes.ran}>
            Ran <TimeText iso={data.ranAt} />
            {data.reading ? ', while a source was still being read' : ''}
          </p>
          {data.agentKind === 'lambda' ? <InvokeForwarder {...tools} /> : null}
          {data.agentKind === 'agentcore' ? null : <AskHealth {...tools} />}
        </div>
      ) : null}
    </Panel>
  );
}

function CheckItem({ check }: { check: DiagnosisCheck }) {
  const state = check.state === 'could-not' ? 'unknown' : check.state;
  return (
    <CheckRow state={state} title={check.title} detail={check.evidence} hint={check.todo}>
      {check.snippet ? <CopyButton value={check.snippet} what="command" withText /> : null}
    </CheckRow>
  );
}

function summary(checks: readonly DiagnosisCheck[]): string {
  const count = (state: DiagnosisCheck['state']) => checks.filter((check) => check.state === state).length;
  return `${count('fail')} failed, ${count('pass')} passed`;
}
