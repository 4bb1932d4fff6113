import 'server-only';
import { END_SLACK_MS } from '@/lib/checkpoints/attribute';
import type { Lane, Unit } from './lane';
import { describeListed, readFirstPage, readNewest } from './read-group';
import type { RegionContext } from './region-context';
import type { GroupState } from './region-memory';

/** Live jobs write a checkpoint every few minutes. */
const LIVE_EVERY_MS = 15_000;
/** After a job's end its groups are read at once, and again for what is promoted late. */
const AFTER_END_MS = [0, 60_000, 5 * 60_000, END_SLACK_MS];
const TOGETHER = 3;

export interface PackageLanes {
  /** Groups that live jobs, or jobs that just ended, write to. */
  live: Lane;
  /** Late reads after a job's end; each costs a call of the idle budget. */
  late: Lane;
  /** The first read of every group, and packages left undescribed. */
  fill: Lane;
}

/** Reads the packages of the groups that jobs write to. Groups of the newest jobs come first. */
export function createPackageLanes(context: RegionContext): PackageLanes {
  const { memory, backoff } = context;
  const scopeOf = (group: GroupState) => `group ${group.name}`;
  const keyOf = (group: GroupState) => `group ${group.name}`;
  const busy = () => [...memory.groups.values()].filter((group) => group.busy).length;
  const free = (group: GroupState) => !group.busy && backoff.ready(keyOf(group));

  const hasUndescribed = (group: GroupState) => group.undescribed && group.undescribedFromMs <= context.now();

  function toUnit(group: GroupState, run: (context: RegionContext, group: GroupState) => Promise<void>): Unit {
    group.busy = true;
    return {
      scope: scopeOf(group),
      key: keyOf(group),
      async run() {
        try {
          await run(context, group);
        } finally {
          group.busy = false;
        }
      },
    };
  }

  /** When the group must be read next, our clock; undefined when nobody writes to it any more. */
  function readDue(key: string, group: GroupState): { at: number; late: boolean } | undefined {
    const users = memory.usersOf(key);
    if (users.length === 0) return undefined;
    const awsAhead = context.awsNow() - context.now();
    const readAt = group.readAt?.getTime() ?? 0;
    const dues = users.flatMap(({ endedMs }) => {
      if (endedMs === undefined) {
        const at = group.lastReadMs === undefined ? 0 : group.lastReadMs + LIVE_EVERY_MS * context.slowness();
        return [{ at, late: false }];
      }
      const wait = AFTER_END_MS.find((ms) => readAt < endedMs + ms);
      return wait === undefined ? [] : [{ at: endedMs + wait - awsAhead, late: wait > 0 }];
    });
    return dues.reduce<{ at: number; late: boolean } | undefined>(
      (first, due) => (!first || due.at < first.at || (due.at === first.at && !due.late) ? due : first),
      undefined,
    );
  }

  function findDue(late: boolean): GroupState | undefined {
    for (const [key, group] of memory.groups) {
      if (!group.complete || !free(group)) continue;
      const due = readDue(key, group);
      if (due && due.late === late && due.at <= context.now()) return group;
    }
    return undefined;
  }

  /** Groups in the order of their newest job. */
  function byNewestJob(wanted: (group: GroupState) => boolean): GroupState | undefined {
    let found: GroupState | undefined;
    let newest = Number.NEGATIVE_INFINITY;
    for (const [key, group] of memory.groups) {
      if (!wanted(group) || !free(group)) continue;
      const createdMs = memory.makerIndex().byGroup.get(key)?.at(-1)?.createdMs ?? 0;
      if (createdMs > newest || !found) [found, newest] = [group, createdMs];
    }
    return found;
  }

  return {
    live: {
      async next() {
        const group = findDue(false);
        return group && toUnit(group, readNewest);
      },
      filling: () => false,
    },
    late: {
      async next() {
        const group = findDue(true);
        return group && toUnit(group, readNewest);
      },
      filling: () => false,
    },
    fill: {
      async next() {
        if (busy() >= TOGETHER) return undefined;
        const first = byNewestJob((group) => !group.complete);
        if (first) return toUnit(first, readFirstPage);
        const rest = byNewestJob(hasUndescribed);
        return rest && toUnit(rest, describeListed);
      },
      filling: () =>
        [...memory.groups.values()].some(
          (group) => (!group.complete || hasUndescribed(group)) && (group.busy || !backoff.blocked(keyOf(group))),
        ),
    },
  };
}
