'use client';

import { type ReactNode, useSyncExternalStore } from 'react';
import type { ChartReading, VisibleChart } from '@/lib/shared/chart-model';
import type { Cursor } from './cursor';
import classes from './curve-chart.module.css';

/** What makes an element the slider of a chart. */
interface SliderProps {
  role: 'slider';
  tabIndex: 0;
  'aria-label': string;
  'aria-valuemin': number;
  'aria-valuemax': number;
  'aria-valuenow': number;
  'aria-valuetext': string;
}

interface CrosshairProps {
  id: string;
  chart: VisibleChart;
  cursor: Cursor;
  read: (x: number) => ChartReading;
  hands: { label: string; compact: boolean };
  children: (slider: SliderProps) => ReactNode;
}

const none = () => undefined;
const SHOWN_VALUES = 12;

/** The cross-hair, what it reads, and the slider that moves it. The only part of a chart that follows the pointer. */
export function Crosshair({ id, chart, cursor, read, hands, children }: CrosshairProps) {
  const state = useSyncExternalStore(cursor.subscribe, cursor.get, none);
  const [from, to] = chart.domain;
  const at = state ? (state.x - from) / (to - from || 1) : -1;
  const inSight = state !== undefined && at >= 0 && at <= 1;
  const reading = inSight ? read(state.x) : undefined;
  const own = state?.source === id;
  const slider: SliderProps = {
    role: 'slider',
    tabIndex: 0,
    'aria-label': `${hands.label}. Arrow keys move over the steps`,
    'aria-valuemin': from,
    'aria-valuemax': to,
    'aria-valuenow': inSight ? state.x : from,
    'aria-valuetext': reading ? wordsOf(reading) : 'No step chosen',
  };
  return (
    <>
      {children(slider)}
      {reading ? (
        <div className={classes.hair} style={{ left: `${(at * 100).toFixed(3)}%` }}>
          {own ? (
            <div className={classes.reading} data-side={at > 0.5 ? 'left' : 'right'} data-testid="chart-reading">
              <Reading reading={reading} />
            </div>
          ) : null}
        </div>
      ) : null}
      {reading && !own ? <div className={classes.chip}>{reading.values[0]?.text}</div> : null}
    </>
  );
}

function Reading({ reading }: { reading: ChartReading }) {
  const more = reading.values.length - SHOWN_VALUES;
  return (
    <>
      <div className={classes.readingTitle}>{reading.title}</div>
      {reading.values.slice(0, SHOWN_VALUES).map(({ id, label, colour, text }) => (
        <div key={id} className={classes.readingLine}>
          <span className={classes.swatch} style={{ background: colour }} />
          <span className={classes.readingLabel}>{label}</span>
          <span className={classes.readingValue}>{text}</span>
        </div>
      ))}
      {more > 0 ? <div className={classes.readingNote}>and {more} more</div> : null}
      {reading.notes.map((note) => (
        <div key={note} className={classes.readingNote}>
          {note}
        </div>
      ))}
    </>
  );
}

/** The reading in one sentence, for screen readers. */
function wordsOf({ title, values, notes }: ChartReading): string {
  return [title, ...values.map(({ label, text }) => `${label} ${text}`), ...notes].join(', ');
}
