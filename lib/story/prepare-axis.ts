import type { StoryResponse, StorySource } from '../contract/story';

export interface AxisMark {
  id: string;
  /** Share of the width, 0 to 1. */
  x: number;
  level: 'error' | 'warn' | 'info';
  pinned: boolean;
  label: string;
}

export interface StoryAxisModel {
  startMs: number;
  endMs: number;
  lanes: Array<{ source: StorySource; label: string; marks: AxisMark[] }>;
  /** Entries before the part that is drawn. */
  before: number;
}

/** A failure is told by its last minutes; whatever is pinned is drawn in any case. */
const SPAN_MS = 10 * 60_000;

/** Lines flushed after the end; what was done later, such as a deletion, would squeeze the rest. */
const AFTER_MS = 2 * 60_000;

/**
 * The end of a story on one time axis: a lane for each source, its entries as marks. `finalMs`: when the job ended, or now
 * for one that runs.
 */
export function prepareAxis(story: Pick<StoryResponse, 'entries' | 'sources'>, finalMs: number): StoryAxisModel {
  const errors = story.entries.filter(({ level }) => level !== 'info');
  const times = story.entries
    .map(({ at, lastAt }) => Date.parse(lastAt ?? at))
    .filter((ms) => ms <= finalMs + AFTER_MS);
  const lastMs = Math.max(finalMs, ...times);
  const pins = errors.filter(({ pinned }) => pinned).map(({ at }) => Date.parse(at));
  const firstMs = Math.max(lastMs - SPAN_MS, Math.min(lastMs - 60_000, ...pins.filter((ms) => ms > lastMs - SPAN_MS)));
  const padMs = (lastMs - firstMs) * 0.04;
  const startMs = firstMs - padMs;
  const endMs = lastMs + padMs;
  const shown = story.entries.filter(({ at }) => Date.parse(at) >= startMs && Date.parse(at) <= endMs);
  return {
    startMs,
    endMs,
    before: story.entries.filter(({ at }) => Date.parse(at) < startMs).length,
    lanes: story.sources.map(({ source, label }) => ({
      source,
      label,
      marks: shown
        .filter((entry) => entry.source === source)
        .map((entry) => ({
          id: entry.id,
          x: (Date.parse(entry.at) - startMs) / (endMs - startMs),
          level: entry.level,
          pinned: entry.pinned,
          label: entry.text.slice(0, 200),
        })),
    })),
  };
}
