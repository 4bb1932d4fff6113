import { memo } from 'react';
import { groupOf } from '@/lib/metrics/hide-lines';
import type { ChartBand, ChartLine, ChartModel } from '@/lib/shared/chart-model';
import classes from './metrics.module.css';

interface LegendProps {
  model: ChartModel;
  hidden: ReadonlySet<string>;
  onToggle: (group: string) => void;
}

/** What the lines and areas of a chart are, each once; a click takes one out of sight, or brings it back. */
export const Legend = memo(function Legend({ model, hidden, onToggle }: LegendProps) {
  const items = [...firstOfLabel(model.lines), ...firstOfLabel(model.bands)];
  return (
    <ul className={classes.legend} aria-label="Legend">
      {items.map((item) => {
        const group = groupOf(item.id);
        return (
          <li key={item.label}>
            <button type="button" aria-pressed={!hidden.has(group)} onClick={() => onToggle(group)}>
              {'look' in item ? <LineSwatch line={item} /> : <BandSwatch band={item} />}
              {item.label}
            </button>
          </li>
        );
      })}
    </ul>
  );
});

function LineSwatch({ line: { colour, look, dash } }: { line: ChartLine }) {
  return (
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
  );
}

function BandSwatch({ band: { colour, opacity } }: { band: ChartBand }) {
  return (
    <svg width="18" height="10" aria-hidden="true">
      <rect width="18" height="10" rx="2" fill={colour} fillOpacity={opacity * 2} />
    </svg>
  );
}

function firstOfLabel<T extends ChartLine | ChartBand>(items: readonly T[]): T[] {
  return [...new Map([...items].reverse().map((item) => [item.label, item])).values()].reverse();
}
