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

/** The end of a story on one time axis: a lane for each source, its entries as marks. */
export function prepareAxis(story: Pick<StoryResponse, 'entries' | 'sources' | 'to'>): StoryAxisModel {
  const errors = story.entries.filter(({ level }) => level !== 'info');
  const lastMs =
    Math.max(...story.entries.map(({ at, lastAt }) => Date.parse(lastAt ?? at)), 0) || Date.parse(story.to);
  const pins = errors.filter(({ pinned }) => pinned).map(({ at }) => Date.parse(at));
  const firstMs = Math.max(lastMs - SPAN_MS, Math.min(lastMs - 60_000, ...pins.filter((ms) => ms > lastMs - SPAN_MS)));
  const padMs = (lastMs - firstMs) * 0.04;
  const startMs = firstMs - padMs;
  const endMs = lastMs + padMs;
  const shown = story.entries.filter(({ at }) => Date.parse(at) >= startMs);
  return {
    startMs,
    endMs,
    before: story.entries.length - shown.length,
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
