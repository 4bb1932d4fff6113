import { useMemo } from 'react';
import type { JobDetail } from '@/lib/contract/jobs';
import type { StoryResponse } from '@/lib/contract/story';
import { jobStatusFacts } from '@/lib/jobs/status';
import { formatDuration } from '@/lib/shared/time';
import { prepareAxis } from '@/lib/story/prepare-axis';
import classes from './story.module.css';

const RADIUS = { error: 4, warn: 3.5, info: 2.5 } as const;

/** The last minutes of every source on one clock. A picture only: the list below says the same in words. */
export function StoryAxis({ story, job }: { story: StoryResponse; job: JobDetail }) {
  const end = jobStatusFacts(job.jobStatus).final ? job.endTime : undefined;
  const model = useMemo(() => prepareAxis(story, Date.parse(end ?? story.awsNow)), [story, end]);
  const word = end ? 'the end' : 'now';
  const spanMs = model.endMs - model.startMs;
  return (
    <figure className={classes.axis} aria-label={`The last ${formatDuration(spanMs)} of the job, by source`}>
      {model.lanes.map(({ source, label, marks }) => (
        <div key={source} className={classes.lane}>
          <span className={classes.laneLabel}>{label}</span>
          <svg className={classes.laneTrack} height="20" width="100%" aria-hidden="true" focusable="false">
            <line x1="0" x2="100%" y1="10" y2="10" className={classes.laneLine} />
            {marks.map(({ id, x, level, pinned, label: text }) => (
              <g key={id} className={classes.mark} data-level={level}>
                {pinned ? <circle cx={`${x * 100}%`} cy="10" r="7.5" className={classes.pinRing} /> : null}
                {level === 'info' ? (
                  <circle cx={`${x * 100}%`} cy="10" r={RADIUS.info} />
                ) : (
                  <rect
                    x={`${x * 100}%`}
                    y={10 - RADIUS[level]}
                    width={RADIUS[level] * 2}
                    height={RADIUS[level] * 2}
                    rx={level === 'error' ? 0 : RADIUS[level]}
                    transform={`translate(${-RADIUS[level]} 0)`}
                  />
                )}
                <title>{text}</title>
              </g>
            ))}
          </svg>
        </div>
      ))}
      <figcaption className={classes.axisWords}>
        <span>
          {formatDuration(spanMs)} before {word}
        </span>
        <span>{end ? 'end' : 'now'}</span>
      </figcaption>
    </figure>
  );
}
