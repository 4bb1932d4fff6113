'use client';

import { IconAlertTriangle, IconStarFilled } from '@tabler/icons-react';
import { parseAsString, useQueryState } from 'nuqs';
import { type ReactNode, useCallback, useMemo } from 'react';
import type { Cursor } from '@/components/charts/cursor';
import { useTickingText } from '@/components/ui/aws-clock';
import { Hint } from '@/components/ui/hint';
import { Panel } from '@/components/ui/panel';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { hideLines } from '@/lib/metrics/hide-lines';
import { findPace } from '@/lib/metrics/pace';
import type { PlacedBranch } from '@/lib/metrics/place-hops';
import {
  availablePassKs,
  defaultPassKs,
  type RewardChart as PreparedReward,
  prepareRewardChart,
} from '@/lib/metrics/prepare-reward-chart';
import { readAt } from '@/lib/metrics/read-point';
import { REWARD } from '@/lib/metrics/reward-keys';
import { type StitchedPoint, seriesOf, xOf } from '@/lib/metrics/stitch-series';
import { formatInteger, formatSignificant } from '@/lib/shared/format';
import { CurveTable } from './curve-table';
import { CurveToolbar } from './curve-toolbar';
import { Legend } from './legend';
import classes from './metrics.module.css';
import { RewardChart, rolloutsAt } from './reward-chart';
import { TwinCard } from './twin-card';
import type { CurveView } from './use-curve-view';
import { useBranchTwins } from './use-twins';
import { useVisibleChart } from './use-visible-chart';

interface RewardPanelProps {
  region: string;
  job: JobDetail;
  branch: PlacedBranch;
  hopCount: number;
  view: CurveView;
  cursor: Cursor;
  note?: ReactNode;
}

const HEIGHT_PX = 340;
const TABLE_KEYS = Object.values(REWARD);

/** Reward of the whole lineage: the curve, what it says, and one step of it looked at closely. */
export function RewardPanel({ region, job, branch, hopCount, view, cursor, note }: RewardPanelProps) {
  const { axis, smoothing, zoom, setZoom } = view;
  const { hops } = branch;
  const ks = useMemo(() => availablePassKs(hops), [hops]);
  const passKs = useMemo(() => view.passKs ?? defaultPassKs(ks), [view.passKs, ks]);
  const prepared = useMemo(
    () => prepareRewardChart(hops, { axis, smoothing, passKs }),
    [hops, axis, smoothing, passKs],
  );
  const shown = useMemo(
    () => ({ ...prepared, model: hideLines(prepared.model, view.hidden) }),
    [prepared, view.hidden],
  );
  const { chart, zoomed, move } = useVisibleChart(shown.model, zoom);
  const [picked, setPicked] = useQueryState('pick', parseAsString.withOptions({ history: 'push', scroll: false }));
  const jobs = useMemo(() => hops.map(({ hop: { jobCategory, jobName } }) => ({ jobCategory, jobName })), [hops]);
  const twins = useBranchTwins(region, jobs, cursor);
  const point = picked === null ? undefined : findPicked(prepared, hops, picked);
  const pick = useCallback(
    ({ at, step }: StitchedPoint) => void setPicked(`${hops[at]?.hop.jobName}/${step}`),
    [hops, setPicked],
  );
  const pickedJob: JobRef | undefined = point ? hops[point.at]?.hop : undefined;
  return (
    <Panel
      title="Reward"
      note={note}
      actions={<CurveToolbar view={view} zoomed={zoomed} hops={hopCount} ks={ks} passKs={passKs} />}
    >
      {chart ? (
        <>
          <RewardChart
            prepared={shown}
            chart={chart}
            hops={hops}
            axis={axis}
            zoomed={zoomed}
            cursor={cursor}
            heightPx={HEIGHT_PX}
            twins={twins}
            onZoom={setZoom}
            onMove={move}
            onPick={pick}
          />
          <Legend model={prepared.model} hidden={view.hidden} onToggle={view.toggle} />
          <CurveNotes prepared={prepared} branch={branch} shown={chart.shown} total={chart.total} onPick={pick} />
          <PaceLine job={job} branch={branch} />
          {point && pickedJob ? (
            <TwinCard
              region={region}
              jobRef={pickedJob}
              step={point.step}
              words={readingWords(prepared, xOf(point, axis))}
              rollouts={rolloutsAt(hops, point)}
              onClose={() => void setPicked(null)}
            />
          ) : null}
          <CurveTable hops={hops} keys={TABLE_KEYS} jobName={job.jobName} />
        </>
      ) : (
        <p className={classes.dim}>No reward was logged yet. It comes with the first step.</p>
      )}
    </Panel>
  );
}

const readingWords = ({ model }: PreparedReward, x: number) =>
  readAt(model, x, formatSignificant)
    .values.map(({ label, text }) => `${label} ${text}`)
    .join(', ');

function findPicked(prepared: PreparedReward, hops: PlacedBranch['hops'], picked: string): StitchedPoint | undefined {
  const [jobName, step] = picked.split('/');
  const at = hops.findIndex(({ hop }) => hop.jobName === jobName);
  const all = [...prepared.stitched.live, ...prepared.validation.live];
  return all.find((point) => point.at === at && point.step === Number(step));
}

interface CurveNotesProps {
  prepared: PreparedReward;
  branch: PlacedBranch;
  shown: number;
  total: number;
  /** Looks at a step closely. */
  onPick: (point: StitchedPoint) => void;
}

/** What the picture cannot say: the best step and by what, where jobs meet, what was lost, how much is drawn. */
export function CurveNotes({ prepared, branch, shown, total, onPick }: CurveNotesProps) {
  const { best, model, losses } = prepared;
  const bestJob = best && branch.hops.length > 1 ? branch.hops[best.point.at]?.hop.jobName : undefined;
  const lines = [
    branch.cut,
    ...model.seams.map(({ label, detail }) => `${label}. ${detail}`),
    ...unsaid(losses, model),
  ];
  return (
    <ul className={classes.notes}>
      {best ? (
        <li data-testid="best">
          <IconStarFilled size={12} className={classes.best} aria-hidden="true" />
          {best.label}
          {bestJob ? ` of ${bestJob}` : ''}. {best.reason}{' '}
          <button type="button" className={classes.textButton} onClick={() => onPick(best.point)}>
            Its checkpoints
          </button>
        </li>
      ) : null}
      {lines.flatMap((line) => (line ? [<li key={line}>{line}</li>] : []))}
      {shown < total ? (
        <li>
          {formatInteger(shown)} of {formatInteger(total)} points are drawn, with every peak and trough. Zoom in to see
          all.
        </li>
      ) : null}
    </ul>
  );
}

/** On own steps an iterate has no seam to say it at. */
const unsaid = (losses: string[], { seams }: PreparedReward['model']) =>
  losses.filter((loss) => !seams.some(({ detail }) => detail.includes(loss)));

/** Whether the job hangs, and when it may end. */
export function PaceLine({ job, branch }: { job: JobDetail; branch: PlacedBranch }) {
  const own = branch.hops.at(-1);
  const series = own ? seriesOf(own, REWARD.mean) : undefined;
  const training =
    !jobStatusFacts(job.jobStatus).final && job.secondaryStatus === 'Training' && job.deletedAt === undefined;
  const options = { series, training, totalSteps: job.progress?.totalSteps };
  const stalled = useTickingText((nowMs) => findPace({ ...options, nowMs })?.stalled?.words ?? '');
  const left = useTickingText((nowMs) => findPace({ ...options, nowMs })?.left?.words ?? '');
  const basis = useTickingText((nowMs) => findPace({ ...options, nowMs })?.left?.basis ?? '');
  if (!stalled && !left) return null;
  return (
    <p className={classes.pace}>
      {stalled ? (
        <span className={classes.stalled} role="status" data-testid="stalled">
          <IconAlertTriangle size={14} aria-hidden="true" /> {stalled}
        </span>
      ) : null}
      {left ? (
        <Hint label={basis}>
          <span data-testid="time-left">{stalled ? `If it goes on: ${left}` : left}</span>
        </Hint>
      ) : null}
    </p>
  );
}
