import type { Tone } from '@/lib/shared/tone';
import classes from './progress-bar.module.css';

interface ProgressBarProps {
  /** 0 to 1; left out when it is not known how far: the bar then says so by its shape, without a number. */
  fraction?: number;
  tone: Tone;
  /** Read out: "step 41 of 100". */
  label: string;
}

/** A thin bar. Its words stand beside it; this is only the picture. */
export function ProgressBar({ fraction, tone, label }: ProgressBarProps) {
  const percent = fraction === undefined ? undefined : Math.round(Math.min(1, Math.max(0, fraction)) * 1000) / 10;
  return (
    <div
      className={classes.track}
      data-tone={tone}
      data-unknown={percent === undefined || undefined}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={label}
    >
      <div className={classes.fill} style={percent === undefined ? undefined : { width: `${percent}%` }} />
    </div>
  );
}
