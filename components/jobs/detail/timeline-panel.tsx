'use client';

import { useMemo } from 'react';
import { StatusTimeline } from '@/components/charts/status-timeline';
import { useTickingText } from '@/components/ui/aws-clock';
import { Panel } from '@/components/ui/panel';
import type { JobDetail } from '@/lib/contract/jobs';
import { prepareTimeline } from '@/lib/jobs/timeline';
import { prepareTicks } from '@/lib/jobs/timeline-ticks';
import { formatInteger } from '@/lib/shared/format';
import { formatDuration, formatUtc } from '@/lib/shared/time';
import classes from './detail.module.css';
import { TransitionsTable } from './transitions-table';
import { useTicks } from './use-ticks';

interface TimelinePanelProps {
  job: JobDetail;
  region: string;
  live: boolean;
  awsNow: string;
}

/** The live edge moves in steps of this: at each the picture is prepared anew. */
const LIVE_STEP_MS = 5000;

/** The transitions and checkpoints of the job on one clock, as a picture and as a table. */
export function TimelinePanel({ job, region, live, awsNow }: TimelinePanelProps) {
  const nowIso = useTickingText((nowMs) =>
    live ? new Date(Math.floor(nowMs / LIVE_STEP_MS) * LIVE_STEP_MS).toISOString() : awsNow,
  );
  const { transitions, creationTime, endTime } = job;
  const model = useMemo(
    () => prepareTimeline({ transitions, awsNow: nowIso, creationTime, endTime, live }),
    [transitions, nowIso, creationTime, endTime, live],
  );
  const { ticks, shown, total, loaded } = useTicks(job, region);
  const { resumable, model: modelCount } = job.checkpoints;
  const tickRows = useMemo(
    () => prepareTicks(model.pieces, ticks, { resumable, model: modelCount }),
    [model.pieces, ticks, resumable, modelCount],
  );
  return (
    <Panel
      title="Timeline"
      note={`${formatDuration(model.endMs - model.startMs)}${live ? ' so far' : ''}, from ${formatUtc(model.startMs)}`}
      flush
    >
      <div className={classes.chart}>
        <StatusTimeline model={model} tickRows={tickRows} />
        {loaded && shown < total ? (
          <p className={classes.note}>
            {formatInteger(shown)} of {formatInteger(total)} checkpoints are drawn, the newest.
          </p>
        ) : null}
      </div>
      <TransitionsTable items={model.items} startMs={model.startMs} />
    </Panel>
  );
}
