import type { JobRef } from '../contract/jobs';
import type { NamedPackage } from '../jobs/to-named-packages';

/** A training job as one that may have made packages. Evaluation jobs make none. Times are epoch milliseconds. */
export interface Maker {
  id: number;
  ref: JobRef;
  jobArn: string;
  createdMs: number;
  /** Absent while it runs. */
  endedMs?: number;
  /** Whether its config document was asked for; before that its groups are unknown. */
  described: boolean;
  /** Group names. Both absent after a description: its document is missing or broken, it may have used any group. */
  outputGroup?: string;
  intermediateGroup?: string;
  /** OutputDataConfig.S3OutputPath. */
  outputPath?: string;
  /** Packages its ServiceOutput names. */
  named: NamedPackage[];
}

/** Makers of one account and region, arranged for looking up. */
export interface MakerIndex {
  byName: ReadonlyMap<string, Maker>;
  byArn: ReadonlyMap<string, Maker>;
  /** Who names a package: every job that does. */
  naming: ReadonlyMap<string, { maker: Maker; key: string }[]>;
  /** Makers whose groups are known, by group; and those who may have used any. Oldest first. */
  byGroup: ReadonlyMap<string, Maker[]>;
  anyGroup: readonly Maker[];
}

/** AWS may write a group's name in lower case inside ARNs, so groups are compared without case. */
export const groupKey = (name: string) => name.toLowerCase();

/** Arranges makers for attribution. */
export function buildMakerIndex(makers: readonly Maker[]): MakerIndex {
  const byName = new Map<string, Maker>();
  const byArn = new Map<string, Maker>();
  const naming = new Map<string, { maker: Maker; key: string }[]>();
  const byGroup = new Map<string, Maker[]>();
  const anyGroup: Maker[] = [];
  for (const maker of [...makers].sort((a, b) => a.createdMs - b.createdMs)) {
    byName.set(maker.ref.jobName, maker);
    byArn.set(maker.jobArn, maker);
    for (const { packageArn, key } of maker.named) {
      naming.set(packageArn, [...(naming.get(packageArn) ?? []), { maker, key }]);
    }
    const groups = groupsOf(maker);
    if (groups.length === 0) anyGroup.push(maker);
    for (const group of groups) {
      const list = byGroup.get(group);
      if (list) list.push(maker);
      else byGroup.set(group, [maker]);
    }
  }
  return { byName, byArn, naming, byGroup, anyGroup };
}

/** The keys of the groups a maker is known to use. */
export function groupsOf({ outputGroup, intermediateGroup }: Maker): string[] {
  const names = [outputGroup, intermediateGroup].filter((name) => name !== undefined);
  return [...new Set(names.map(groupKey))];
}
