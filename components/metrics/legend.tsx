import type { ChartBand, ChartLine, ChartModel } from '@/lib/shared/chart-model';
import classes from './metrics.module.css';

/** What the lines and areas of a chart are, each once. */
export function Legend({ model }: { model: ChartModel }) {
  const lines = firstOfLabel(model.lines);
  const bands = firstOfLabel(model.bands);
  return (
    <ul className={classes.legend} aria-label="Legend">
      {lines.map(({ label, colour, look, dash }) => (
        <li key={label}>
          <svg width="18" height="8" aria-hidden="true">
            <line
              x1="0"
              x2="18"
              y1="4"
              y2="4"
              stroke={look === 'dimmed' ? 'var(--cairn-line-strong)' : colour}
              strokeWidth={look === 'strong' ? 2 : 1.25}
              strokeOpacity={look === 'pale' ? 0.45 : 1}
              strokeDasharray={look === 'dimmed' ? '3 3' : dash}
            />
            {look === 'points' ? <circle cx="9" cy="4" r="3" fill={colour} /> : null}
          </svg>
          {label}
        </li>
      ))}
      {bands.map(({ label, colour, opacity }) => (
        <li key={label}>
          <svg width="18" height="10" aria-hidden="true">
            <rect width="18" height="10" rx="2" fill={colour} fillOpacity={opacity * 2} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

function firstOfLabel<T extends ChartLine | ChartBand>(items: readonly T[]): T[] {
  return [...new Map([...items].reverse().map((item) => [item.label, item])).values()].reverse();
}
