'use client';

import { Button, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconHelp, IconXboxX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Panel } from '@/components/ui/panel';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import { StaleNote } from '@/components/ui/stale-note';
import { TimeText } from '@/components/ui/time-text';
import type { DiagnosisCheck, RunDiagnosis } from '@/lib/contract/diagnosis';
import type { JobDetail } from '@/lib/contract/jobs';
import { diagnosisQuery, postDiagnosis } from '@/lib/queries/story-queries';
import { formatPlural } from '@/lib/shared/format';
import classes from './diagnosis.module.css';

const LOOKS: Record<DiagnosisCheck['state'], { Icon: typeof IconHelp; word: string }> = {
  pass: { Icon: IconCircleCheck, word: 'Passed' },
  warn: { Icon: IconAlertTriangle, word: 'Warning' },
  fail: { Icon: IconXboxX, word: 'Failed' },
  'could-not': { Icon: IconHelp, word: 'Could not check' },
  'not-run': { Icon: IconCircleDashed, word: 'Not run' },
};
const ORDER: DiagnosisCheck['state'][] = ['fail', 'could-not', 'warn', 'pass', 'not-run'];

/** The troubleshooting path as checks: by itself for a job that ended badly, at a button for any. */
export function DiagnosisPanel({ region, job }: { region: string; job: JobDetail }) {
  const client = useQueryClient();
  const options = diagnosisQuery(region, job);
  const { data, error, refetch } = useQuery(options);
  const [asking, setAsking] = useState(false);
  const [healthUrl, setHealthUrl] = useState('');
  const run = useMutation({
    mutationFn: (body: RunDiagnosis) => postDiagnosis(region, job, body),
    onSuccess: (answer) => client.setQueryData(options.queryKey, answer),
  });
  const start = (invoke: boolean) =>
    run.mutate({ invoke, ...(healthUrl.trim() === '' ? {} : { healthUrl: healthUrl.trim() }) });
  const failure = run.error ?? error;
  const [cause] = data?.causes ?? [];
  return (
    <Panel
      title="Diagnosis"
      note={
        data?.ranAt ? (
          <>
            {summary(data.checks)}, ran <TimeText iso={data.ranAt} />
          </>
        ) : undefined
      }
      actions={
        <Button variant="default" loading={run.isPending} onClick={() => start(false)}>
          {data?.ranAt ? 'Run again' : 'Diagnose'}
        </Button>
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
      {cause ? (
        <p className={classes.cause}>
          Points at: <strong>{cause.title}</strong>
        </p>
      ) : null}
      {data ? (
        <ul className={classes.list} aria-label="Checks">
          {[...data.checks]
            .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
            .map((check) => (
              <CheckItem key={check.id} check={check} />
            ))}
        </ul>
      ) : failure ? null : (
        <div className={classes.loading} aria-busy="true">
          <SkeletonBox height={140} />
        </div>
      )}
      {data?.checks.length === 0 ? (
        <p className={classes.none}>Nothing was checked yet. Diagnose looks at the job, its logs and its agent.</p>
      ) : null}
      <div className={classes.tools}>
        {data?.agentKind === 'lambda' ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            Invoke the forwarder as a test
          </Button>
        ) : null}
        {data && data.agentKind !== 'agentcore' ? (
          <TextInput
            className={classes.health}
            label="Health address of a custom agent"
            placeholder="https://agent.example.com/health"
            value={healthUrl}
            onChange={(event) => setHealthUrl(event.currentTarget.value)}
          />
        ) : null}
      </div>
      <Dialog opened={asking} onClose={() => setAsking(false)} title="Invoke the forwarder?">
        <p>
          This runs the function once with a test prompt and a job that does not exist. It costs what one call of the
          function costs, and your agent may be called once. An InternalServerError is the expected answer.
        </p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => setAsking(false)}>
            Cancel
          </Button>
          <Button
            onClick={() => {
              setAsking(false);
              start(true);
            }}
          >
            Invoke once
          </Button>
        </div>
      </Dialog>
    </Panel>
  );
}

function CheckItem({ check }: { check: DiagnosisCheck }) {
  const { Icon, word } = LOOKS[check.state];
  return (
    <li className={classes.item} data-state={check.state}>
      <Icon size={16} aria-hidden="true" className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>
          {check.title} <span className={classes.state}>{word}</span>
        </p>
        <p className={classes.evidence}>{check.evidence}</p>
        {check.todo ? <p>{check.todo}</p> : null}
        {check.snippet ? (
          <div className={classes.snippet}>
            <CopyButton value={check.snippet} what="command" withText />
          </div>
        ) : null}
      </div>
    </li>
  );
}

function summary(checks: readonly DiagnosisCheck[]): string {
  const count = (state: DiagnosisCheck['state']) => checks.filter((check) => check.state === state).length;
  return `${formatPlural(count('fail'), 'failure')}, ${count('pass')} passed`;
}
