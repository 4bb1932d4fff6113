/** How many colours jobs take; `--cairn-job-1` to `--cairn-job-12` in components/ui/tokens.css. */
export const JOB_COLOUR_COUNT = 12;

export interface JobColour {
  /** A CSS colour that follows the theme: `var(--cairn-job-3)`. */
  css: string;
  /** SVG `stroke-dasharray` where the colours are used up and one is taken again; undefined: a whole line. */
  dash?: string;
}

/** FNV-1a: spreads names that differ by one character. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

const toColour = (place: number, round: number): JobColour => ({
  css: `var(--cairn-job-${place + 1})`,
  ...(round > 0 ? { dash: ['6 3', '2 3'][(round - 1) % 2] } : {}),
});

/**
 * The colours of jobs that are seen together, by their names without a category, in order of the list. Each keeps its own where it can; one
 * whose colour is taken gets the next free, so no two are alike until all twelve are used, and then lines are dashed.
 * A job added at the end changes nobody else's colour.
 */
export function jobColours(jobNames: readonly string[]): Map<string, JobColour> {
  const colours = new Map<string, JobColour>();
  const used = new Array<number>(JOB_COLOUR_COUNT).fill(0);
  for (const name of jobNames) {
    if (colours.has(name)) continue;
    const round = Math.min(...used);
    let place = hash(name) % JOB_COLOUR_COUNT;
    while ((used[place] ?? 0) > round) place = (place + 1) % JOB_COLOUR_COUNT;
    used[place] = round + 1;
    colours.set(name, toColour(place, round));
  }
  return colours;
}
