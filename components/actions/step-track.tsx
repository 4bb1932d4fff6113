import { formatPlural } from '@/lib/shared/format';
import classes from './step-track.module.css';

interface StepTrackProps {
  /** Step of the checkpoint. */
  step: number;
  totalSteps: number;
  /** Steps the parent had trained beyond the checkpoint. */
  redone: number;
}

/** The whole run as one bar: what is kept, what is trained again, what is new. */
export function StepTrack({ step, totalSteps, redone }: StepTrackProps) {
  const last = Math.max(totalSteps, 1);
  const again = Math.min(redone, Math.max(0, totalSteps - step));
  const left = Math.max(0, totalSteps - step - again);
  const parts = [
    { key: 'kept', steps: Math.min(step, totalSteps), from: 1, label: 'kept' },
    { key: 'again', steps: again, from: step + 1, label: 'trained again' },
    { key: 'new', steps: left, from: step + again + 1, label: 'new' },
  ].filter((part) => part.steps > 0);
  const words = parts.map((part) => `${range(part.from, part.steps)} ${part.label}`).join(', ');
  return (
    <figure className={classes.figure}>
      <div className={classes.track} role="img" aria-label={`Of ${formatPlural(totalSteps, 'step')}: ${words}`}>
        {parts.map((part) => (
          <div key={part.key} data-part={part.key} style={{ width: `${(part.steps / last) * 100}%` }} />
        ))}
      </div>
      <figcaption className={classes.legend} aria-hidden="true">
        {parts.map((part) => (
          <span key={part.key} className={classes.entry}>
            <i className={classes.swatch} data-part={part.key} />
            {range(part.from, part.steps)} {part.label}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

const range = (from: number, count: number) => (count === 1 ? `step ${from}` : `steps ${from}–${from + count - 1}`);
