import { memo } from 'react';
import type { VisibleChart } from '@/lib/shared/chart-model';
import classes from './curve-chart.module.css';
import type { Room } from './geometry';
import { linePath } from './line-path';

interface FirstSightProps {
  chart: VisibleChart;
  room: Room;
}

/** The picture is stretched to whatever room there is, so it needs none of the page's measures. */
const SIDE = 1_000;

/**
 * The curves that are to be read, drawn by the server: they stand there before any script has run, and give way to the chart
 * itself as soon as it is drawn.
 */
export const FirstSight = memo(
  function FirstSight({ chart, room }: FirstSightProps) {
    const { domain, left, right } = chart;
    const along = (x: number) => ((x - domain[0]) / (domain[1] - domain[0] || 1)) * SIDE;
    const up = ([low, high]: readonly [number, number]) => {
      const length = high - low || 1;
      return (y: number) => (1 - (y - low) / length) * SIDE;
    };
    return (
      <div
        className={classes.firstSight}
        style={{ inset: `${room.top}px ${room.right}px ${room.bottom}px ${room.left}px` }}
      >
        <svg aria-hidden="true" width="100%" height="100%" viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none">
          {chart.lines
            .filter(({ look }) => look === 'strong' || look === 'points')
            .map((line) => (
              <path
                key={line.id}
                data-first-sight={line.id}
                d={linePath(line, along, up(line.side === 'right' ? (right ?? left) : left))}
                stroke={line.colour}
                strokeDasharray={line.dash}
              />
            ))}
        </svg>
      </div>
    );
  },
  // It is seen once: what comes later the chart itself shows.
  () => true,
);
