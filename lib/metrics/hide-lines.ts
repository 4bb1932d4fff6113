import type { ChartModel } from '../shared/chart-model';

/** What a line or area belongs to, whichever piece of it: `reward-raw-0` and `reward-raw-1` are `reward-raw`. */
export const groupOf = (id: string): string => id.replace(/-\d+$/, '');

/** A model without the groups that somebody does not want to see, marks on them included. The axis stays as long as it was. */
export function hideLines(model: ChartModel, hidden: ReadonlySet<string>): ChartModel {
  if (hidden.size === 0) return model;
  const lines = model.lines.filter(({ id }) => !hidden.has(groupOf(id)));
  const left = new Set(lines.map(({ side }) => side));
  return {
    ...model,
    lines,
    bands: model.bands.filter(({ id }) => !hidden.has(groupOf(id))),
    marks: model.marks.filter(({ on }) => on === undefined || !hidden.has(on)),
    ...(left.has('right') ? {} : { rightLabel: undefined }),
  };
}
