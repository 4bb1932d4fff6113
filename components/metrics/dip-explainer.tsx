'use client';

import { IconCircleX, IconCloudOff, IconHelp, IconTrendingDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo, useRef } from 'react';
import type { Cursor } from '@/components/charts/cursor';
import { Panel } from '@/components/ui/panel';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import type { JobDetail } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import type { TroubleResponse } from '@/lib/contract/trouble';
import { jobStatusFacts } from '@/lib/jobs/status';
import { type Dip, explainDip } from '@/lib/metrics/explain-dip';
import type { PlacedBranch, PlacedHop } from '@/lib/metrics/place-hops';
import { prepareRewardChart } from '@/lib/metrics/prepare-reward-chart';
import { REWARD } from '@/lib/metrics/reward-keys';
import { seriesOf } from '@/lib/metrics/stitch-series';
import { TROUBLE_KEYS, troubleAfter, troubleSeries } from '@/lib/metrics/trouble-series';
import { troubleQuery } from '@/lib/queries/story-queries';
import { formatInteger, formatNames, formatPlural } from '@/lib/shared/format';
import classes from './dip-explainer.module.css';
import { DipRow } from './dip-row';
import { useBranch } from './use-branch';
import type { CurveView } from './use-curve-view';
import { useSeen } from './use-seen';

interface DipExplainerProps {
  region: string;
  job: JobDetail;
  /** With the reward of every job of the branch. */
  branch: PlacedBranch;
  view: CurveView;
  cursor: Cursor;
}

const STEP_SECONDS = 'timing_s/step';
const TURNS = 'rollout/turns/mean';
const ROWS = [
  { key: TROUBLE_KEYS.errors, title: 'Agent errors a step' },
  { key: TROUBLE_KEYS.timeouts, title: 'Agent timeouts a step' },
  { key: STEP_SECONDS, title: 'Time of a step' },
  { key: TURNS, title: 'Mean turns' },
] as const;

/**
 * What the agent and its surroundings did while the reward moved, on the reward's own axis: a broken environment and a worse
 * policy look different here. Asked for when it is first seen.
 */
export function DipExplainer({ region, job, branch, view, cursor }: DipExplainerProps) {
  const element = useRef<HTMLDivElement>(null);
  const seen = useSeen(element);
  const live = !jobStatusFacts(job.jobStatus).final && job.deletedAt === undefined;
  const trouble = useQuery({ ...troubleQuery(region, job, live), enabled: seen });
  const signals = useBranch(region, job, [STEP_SECONDS, TURNS], view.lineage, seen);
  const reward = useMemo(() => prepareRewardChart(branch.hops, view).model, [branch.hops, view]);
  const hops = useMemo(
    () => withTrouble(signals.branch.hops, branch, trouble.data),
    [signals.branch.hops, branch, trouble.data],
  );
  const dip = useMemo(() => findDip(hops, branch), [hops, branch]);
  if (!reward.extent) return null;
  return (
    <div ref={element}>
      <Panel title="Agent and environment" note={sourceWords(trouble.data)}>
        {!seen || signals.isPending || trouble.isPending ? (
          <div aria-busy={seen}>
            <SkeletonBox height={400} />
          </div>
        ) : (
          <>
            <Verdict dip={dip} trouble={trouble.data} />
            <End region={region} job={job} branch={branch} trouble={trouble.data} />
            {ROWS.map(({ key, title }) => (
              <DipRow
                key={key}
                metric={key}
                title={title}
                hops={hops}
                view={view}
                cursor={cursor}
                extent={reward.extent}
                hasRight={reward.rightLabel !== undefined}
                missing={missingWords(key, trouble.data, trouble.error)}
              />
            ))}
          </>
        )}
      </Panel>
    </div>
  );
}

const LOOKS = { environment: IconCloudOff, policy: IconTrendingDown, unclear: IconHelp };

function Verdict({ dip, trouble }: { dip: Dip | undefined; trouble: TroubleResponse | undefined }) {
  if (!dip) {
    return <p className={classes.verdict}>The reward had no fall that stands out from its noise.</p>;
  }
  const Icon = LOOKS[dip.blame];
  return (
    <p className={classes.verdict} data-blame={dip.blame} data-testid="dip">
      <Icon size={16} aria-hidden="true" />
      <span>
        {dip.words}
        {trouble?.state === 'reading' ? ' The agent’s log is still being read.' : ''}
      </span>
    </p>
  );
}

interface EndProps extends Pick<DipExplainerProps, 'region' | 'job' | 'branch'> {
  trouble: TroubleResponse | undefined;
}

/** What ended a failed job came after its last step, and is no part of any curve. */
function End({ region, job, branch, trouble }: EndProps) {
  const own = branch.hops.at(-1);
  const reward = own && seriesOf(own, REWARD.mean);
  const step = reward?.steps.at(-1);
  if (job.jobStatus !== 'Failed' || !reward || step === undefined) return null;
  const count = trouble ? troubleAfter(trouble.minutes, reward) : 0;
  return (
    <p className={classes.verdict}>
      <IconCircleX size={16} aria-hidden="true" />
      <span>
        The job failed after step {formatInteger(step)}, the last with a reward.
        {count > 0
          ? ` Since then the agent’s log has ${formatPlural(count, 'error or timeout', 'errors and timeouts')}.`
          : ''}{' '}
        <Link href={pagePaths.job(region, job.jobCategory, job.jobName)}>What happened</Link> stands on the overview.
      </span>
    </p>
  );
}

/** The last job's hop with what its agent's log tells, counted by the steps of its reward. */
function withTrouble(
  hops: readonly PlacedHop[],
  rewards: PlacedBranch,
  trouble: TroubleResponse | undefined,
): PlacedHop[] {
  const own = rewards.hops.at(-1);
  const steps = own && seriesOf(own, REWARD.mean);
  const last = hops.at(-1);
  if (!last || !steps || !trouble || !['ok', 'reading'].includes(trouble.state)) return [...hops];
  const counted = troubleSeries(trouble.minutes, steps, trouble);
  return [...hops.slice(0, -1), { ...last, hop: { ...last.hop, series: [...last.hop.series, ...counted] } }];
}

function findDip(hops: readonly PlacedHop[], rewards: PlacedBranch): Dip | undefined {
  const [own, last] = [rewards.hops.at(-1), hops.at(-1)];
  if (!own || !last) return undefined;
  return explainDip({
    reward: seriesOf(own, REWARD.mean),
    errors: seriesOf(last, TROUBLE_KEYS.errors),
    timeouts: seriesOf(last, TROUBLE_KEYS.timeouts),
    stepSeconds: seriesOf(last, STEP_SECONDS),
    turns: seriesOf(last, TURNS),
  });
}

function sourceWords(trouble: TroubleResponse | undefined): string | undefined {
  if (!trouble) return undefined;
  if (trouble.state === 'reading') return 'still reading the agent’s log';
  if (!trouble.logGroup || trouble.state !== 'ok') return undefined;
  const { logGroup, sharedWith = [] } = trouble;
  const others = sharedWith.length > 0 ? `, shared at the time with ${formatNames(sharedWith)}` : '';
  return `errors and timeouts from ${logGroup}${others}`;
}

function missingWords(key: string, trouble: TroubleResponse | undefined, error: Error | null): string {
  const counted = key === TROUBLE_KEYS.errors || key === TROUBLE_KEYS.timeouts;
  if (!counted) return `MLflow has no value of ${key} for this job.`;
  return trouble?.note ?? error?.message ?? 'The agent’s log could not be read.';
}
