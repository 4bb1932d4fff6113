'use client';

import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Panel } from '@/components/ui/panel';
import { TimeText } from '@/components/ui/time-text';
import type { LoggedAction } from '@/lib/contract/action-log';
import { AppError } from '@/lib/contract/app-error';
import type { ApprovalRequest, Checkpoint } from '@/lib/contract/checkpoints';
import { approvalMutation, checkpointActionsQuery } from '@/lib/queries/checkpoint-queries';
import { healthQuery } from '@/lib/queries/jobs-queries';
import classes from './checkpoint-view.module.css';

const STATUS_WORDS: Record<string, string> = { PendingManualApproval: 'Waits for approval' };

/** What the registry says of its approval, the two decisions, and who decided through this dashboard. */
export function ApprovalPanel({ region, checkpoint }: { region: string; checkpoint: Checkpoint }) {
  const [asking, setAsking] = useState<ApprovalRequest['status']>();
  const health = useQuery(healthQuery());
  const log = useQuery(checkpointActionsQuery(region, checkpoint));
  const status = checkpoint.approvalStatus;
  const reason = health.data?.readOnly?.reason;
  const decisions = log.data?.actions.filter(({ action }) => action === 'approve' || action === 'reject') ?? [];
  return (
    <Panel title="Approval" note={status === undefined ? 'not said by AWS' : (STATUS_WORDS[status] ?? status)}>
      <div className={classes.buttons}>
        <Button
          variant="default"
          disabled={reason !== undefined || status === 'Approved'}
          onClick={() => setAsking('Approved')}
        >
          Approve
        </Button>
        <Button
          variant="default"
          disabled={reason !== undefined || status === 'Rejected'}
          onClick={() => setAsking('Rejected')}
        >
          Reject
        </Button>
      </div>
      {reason ? <p className={classes.dim}>{reason}</p> : null}
      {decisions.length > 0 ? (
        <ul className={classes.list} aria-label="Decisions made here">
          {decisions.map((entry) => (
            <Decision key={entry.id} entry={entry} />
          ))}
        </ul>
      ) : null}
      {asking ? (
        <ApprovalQuestion
          region={region}
          checkpoint={checkpoint}
          status={asking}
          onClose={() => setAsking(undefined)}
        />
      ) : null}
    </Panel>
  );
}

function Decision({ entry }: { entry: LoggedAction }) {
  const word = entry.action === 'approve' ? 'Approved' : 'Rejected';
  const description = entry.detail?.description;
  return (
    <li>
      {entry.state === 'done' ? word : `Not ${word.toLowerCase()}: ${entry.answer ?? 'no answer came'}`}
      {typeof description === 'string' ? <span className={classes.any}> “{description}”</span> : null}
      <span className={classes.dim}>
        {' '}
        · {entry.who ?? 'unknown credentials'} · <TimeText iso={entry.startTime} />
      </span>
    </li>
  );
}

interface ApprovalQuestionProps {
  region: string;
  checkpoint: Checkpoint;
  status: ApprovalRequest['status'];
  onClose: () => void;
}

function ApprovalQuestion({ region, checkpoint, status, onClose }: ApprovalQuestionProps) {
  const [description, setDescription] = useState('');
  const mutation = useMutation(approvalMutation(region, checkpoint, useQueryClient()));
  const approving = status === 'Approved';
  const close = () => (mutation.isPending ? undefined : onClose());
  const { error } = mutation;
  return (
    <Dialog opened onClose={close} title={approving ? 'Approve this checkpoint?' : 'Reject this checkpoint?'}>
      <p className={classes.any}>
        {checkpoint.group}/{checkpoint.version}
      </p>
      <p>
        The model registry of this account shows it as {status.toLowerCase()}; whatever deploys approved packages by
        itself
        {approving ? ' may take it.' : ' leaves it alone.'}
      </p>
      <Textarea
        label="Why"
        description="Kept with the package (ApprovalDescription). May be left empty."
        value={description}
        maxLength={1024}
        onChange={(event) => setDescription(event.currentTarget.value)}
        disabled={mutation.isPending}
        autosize
        minRows={2}
      />
      {error ? (
        <p role="alert" className={classes.problem}>
          {error.message} {error instanceof AppError ? error.hint : null}
        </p>
      ) : null}
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={close} disabled={mutation.isPending}>
          Cancel
        </Button>
        <Button
          loading={mutation.isPending}
          onClick={() =>
            mutation.mutate({ status, ...(description.trim() ? { description } : {}) }, { onSuccess: onClose })
          }
        >
          {approving ? 'Approve' : 'Reject'}
        </Button>
      </div>
    </Dialog>
  );
}
