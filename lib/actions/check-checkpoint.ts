import type { Check } from '../contract/actions';
import type { Checkpoint, EvidenceKind } from '../contract/checkpoints';

const EVIDENCE: Record<EvidenceKind, string> = {
  job: 'the job names it',
  package: 'the package names its job',
  path: 'its S3 path holds the job’s name',
  time: 'no other job of its group ran at that time',
};

/** The checks of the package a resume starts from: kind, status, account, maker, and what AWS hides of it. */
export function checkCheckpoint(source: Checkpoint, account: string | undefined): Check[] {
  return [checkKind(source), checkStatus(source), checkAccount(source, account), checkMaker(source), ...hidden(source)];
}

/** The same for a model checkpoint, which iterate and evaluate start from; `verb` as in "can be iterated on". */
export function checkModelCheckpoint(source: Checkpoint, account: string | undefined, verb: string): Check[] {
  return [
    checkModelKind(source, verb),
    checkStatus(source),
    checkAccount(source, account),
    checkMaker(source),
    ...hidden(source),
  ];
}

function checkModelKind({ kind, twin }: Checkpoint, verb: string): Check {
  const title = 'It is a model checkpoint';
  if (kind === 'model') {
    return { id: 'checkpoint', state: 'pass', title, detail: 'AWS does not mark it as resumable (IsCheckpoint).' };
  }
  if (kind === 'resumable') {
    return {
      id: 'checkpoint',
      state: 'fail',
      title,
      detail: `This is a resumable checkpoint: AWS takes it for a resume only, it cannot be ${verb}.`,
      hint: twin
        ? `Use its model twin of the same step, ${twin.group}/${twin.version}.`
        : 'Use a model checkpoint; no model twin of this step is known.',
    };
  }
  return {
    id: 'checkpoint',
    state: 'fail',
    title,
    detail: 'AWS has not said yet whether this package is a model checkpoint.',
    hint: 'Try again when the catalog has read it. It needs sagemaker:BatchDescribeModelPackage.',
  };
}

function checkKind({ kind }: Checkpoint): Check {
  const title = 'The checkpoint is resumable';
  if (kind === 'resumable') {
    return { id: 'checkpoint', state: 'pass', title, detail: 'AWS marks it as a checkpoint (IsCheckpoint).' };
  }
  if (kind === 'model') {
    return {
      id: 'checkpoint',
      state: 'fail',
      title,
      detail: 'This is a model checkpoint: it has the adapter, but not the optimizer state that resume needs.',
      hint: 'Use its resumable twin of the same step.',
    };
  }
  return {
    id: 'checkpoint',
    state: 'fail',
    title,
    detail: 'AWS has not said yet whether this package is a resumable checkpoint.',
    hint: 'Try again when the catalog has read it. It needs sagemaker:BatchDescribeModelPackage.',
  };
}

function checkStatus({ packageStatus }: Checkpoint): Check {
  const title = 'The package is complete';
  if (packageStatus === 'Completed') return { id: 'package-status', state: 'pass', title, detail: 'Completed.' };
  if (packageStatus === 'Deleted') {
    return {
      id: 'package-status',
      state: 'fail',
      title,
      detail: 'It was deleted: AWS does not have the package any more.',
      hint: 'Use the checkpoint of another step.',
    };
  }
  return {
    id: 'package-status',
    state: 'fail',
    title,
    detail: `AWS says ${packageStatus}; only a completed package can be started from.`,
    hint: 'Use the checkpoint of an earlier step.',
  };
}

function checkAccount({ packageArn }: Checkpoint, account: string | undefined): Check {
  const title = 'The package is in this account';
  const owner = packageArn.split(':')[4];
  if (account === undefined) {
    return { id: 'account', state: 'unknown', title, detail: 'AWS has not said yet which account this is.' };
  }
  if (owner === account) return { id: 'account', state: 'pass', title, detail: account };
  return {
    id: 'account',
    state: 'fail',
    title,
    detail: `It belongs to ${owner || 'an unknown account'}; Cairn acts in ${account}.`,
    hint: `Open Cairn with credentials of ${owner || 'that account'}.`,
  };
}

/** The document of the wrong parent would be refused by AWS at best, so weak evidence is said. */
function checkMaker({ job, evidence, step, stepEvidence }: Checkpoint): Check {
  const title = 'It is known which job made it';
  const how = evidence ? `${EVIDENCE[evidence.by]} (${evidence.detail})` : 'no evidence was kept';
  const counted = stepEvidence === 'counted' ? ' The step is counted, not named.' : '';
  const detail = `${job?.jobName ?? 'No job'}${step === undefined ? '' : `, step ${step}`}: ${how}.${counted}`;
  if (evidence?.by === 'time' || stepEvidence === 'counted') {
    return {
      id: 'maker',
      state: 'warn',
      title,
      detail,
      hint: 'This is weak evidence. Compare the request with the job before you start it.',
    };
  }
  return { id: 'maker', state: 'pass', title, detail };
}

/** A package in a restricted group (Nova models) hides where it is stored (AWS docs). */
function hidden({ s3Uri }: Checkpoint): Check[] {
  if (s3Uri !== undefined) return [];
  return [
    {
      id: 'storage',
      state: 'unknown',
      title: 'Where the checkpoint is stored',
      detail:
        'AWS does not show its S3 location, as in restricted groups of Nova models. The job is started by the package’s ARN and does not need it.',
    },
  ];
}
