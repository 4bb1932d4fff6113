import type { GetLineageResponse, LineageLane, LineageMark } from '../contract/lineage';
import { markId } from './prepare-graph';

export interface Selected {
  /** Of the bar or the mark. */
  id: string;
  lane: LineageLane;
  mark?: LineageMark;
}

type Answer = Pick<GetLineageResponse, 'lanes' | 'focus'>;

/** What a focus of the address is in an answer; undefined where it is not in it. */
export function findSelected({ lanes, focus: asked }: Answer, focus: string | undefined): Selected | undefined {
  if (!focus) return undefined;
  if (focus.startsWith('job:')) {
    const lane = lanes.find(({ id }) => id === focus.slice('job:'.length));
    return lane && { id: lane.id, lane };
  }
  const [group, version] = focus.slice('package:'.length).split('/');
  for (const lane of lanes) {
    const mark = lane.marks.find(({ resumable, model, unknown }) =>
      [resumable, model, unknown].some((each) => each?.group === group && String(each?.version) === version),
    );
    if (mark) return { id: markId(lane.id, mark.step), lane, mark };
  }
  // A second package of a step, such as a promoted one, is no twin; its step is a mark all the same.
  const lane = asked?.step === undefined ? undefined : lanes.find(({ id }) => id === asked.lane);
  const mark = lane?.marks.find(({ step }) => step === asked?.step);
  return lane && mark && { id: markId(lane.id, mark.step), lane, mark };
}

/** The focus that names a bar or a mark: of twins the resumable checkpoint. */
export function toFocus({ lanes }: Answer, id: string): string | undefined {
  for (const lane of lanes) {
    if (lane.id === id) return `job:${id}`;
    const mark = lane.marks.find(({ step }) => markId(lane.id, step) === id);
    const one = mark?.resumable ?? mark?.model ?? mark?.unknown;
    if (one) return `package:${one.group}/${one.version}`;
  }
  return undefined;
}
