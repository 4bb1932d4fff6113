'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Hint } from '@/components/ui/hint';
import type { JobRow } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { stopJobMutation } from '@/lib/queries/actions-queries';
import { healthQuery } from '@/lib/queries/jobs-queries';
import { ActionError } from './action-error';
import classes from './stop-button.module.css';

interface StopButtonProps {
  region: string;
  job: Pick<JobRow, 'jobName' | 'jobCategory' | 'jobStatus' | 'checkpoints'>;
}

/** Stops a job after saying what that does. Nothing for a job that has ended; disabled with the reason where it cannot. */
export function StopButton({ region, job }: StopButtonProps) {
  const [asking, setAsking] = useState(false);
  const health = useQuery(healthQuery());
  const { final } = jobStatusFacts(job.jobStatus);
  // The question stays open over the end of its job, so that its answer can still be read.
  if (final && !asking) return null;
  const reason =
    health.data?.readOnly?.reason ?? (job.jobStatus === 'Stopping' ? 'AWS is stopping it already.' : undefined);
  return (
    <>
      <Hint label={reason ?? 'Ends the job; asks first'} focusable={false}>
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={14} />}
          // Not the attribute: a disabled button takes no focus, and its reason could not be read.
          data-disabled={reason ? true : undefined}
          aria-disabled={reason ? true : undefined}
          aria-haspopup="dialog"
          onClick={() => (reason ? undefined : setAsking(true))}
        >
          Stop
        </Button>
      </Hint>
      <StopQuestion region={region} job={job} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}

function StopQuestion({ region, job, opened, onClose }: StopButtonProps & { opened: boolean; onClose: () => void }) {
  const stop = useMutation(stopJobMutation(region, job, useQueryClient()));
  const close = () => {
    if (stop.isPending) return;
    stop.reset();
    onClose();
  };
  const confirm = () =>
    stop.mutate(undefined, {
      onSuccess: ({ alreadyFinal, jobName, jobStatus }) => {
        onClose();
        notifications.show({
          closeButtonProps: { 'aria-label': 'Close' },
          ...(alreadyFinal
            ? { title: 'The job had ended already', message: `${jobName}: ${jobStatusFacts(jobStatus).label}.` }
            : { title: 'Stopping the job', message: `AWS is stopping ${jobName}. It takes a minute or so.` }),
        });
      },
    });
  return (
    <Dialog opened={opened} onClose={close} title="Stop this job?">
      <p className={classes.name}>{job.jobName}</p>
      <ul className={classes.list}>
        <li>The job ends. It cannot be started again; it can be resumed as a new job.</li>
        {job.jobCategory === 'AgentRFT' ? (
          <>
            <li>
              AWS promotes the last intermediate checkpoint to the output group. It does so on a best-effort basis, so
              it may be missing.
            </li>
            <li>{lostWords(job.checkpoints.lastResumableStep)}</li>
          </>
        ) : (
          <li>An evaluation leaves no checkpoint; what it measured so far stays in MLflow.</li>
        )}
        <li>Tokens used so far are billed.</li>
      </ul>
      {stop.error ? <ActionError title="The job was not stopped" error={stop.error} /> : null}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close} disabled={stop.isPending} data-autofocus>
          Keep it running
        </Button>
        <Button color="red" className={classes.stop} onClick={confirm} loading={stop.isPending}>
          Stop the job
        </Button>
      </div>
    </Dialog>
  );
}

const lostWords = (step: number | undefined) =>
  step === undefined
    ? 'No resumable checkpoint is known yet: without one, all of its work is lost.'
    : `Work after the last resumable checkpoint is lost. The last one known is of step ${step}.`;
