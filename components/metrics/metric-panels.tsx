'use client';

import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import type { Cursor } from '@/components/charts/cursor';
import type { JobRef } from '@/lib/contract/jobs';
import { metricGroups } from '@/lib/metrics/metric-groups';
import type { MetricWarning } from '@/lib/metrics/metric-warnings';
import { metricsQuery } from '@/lib/queries/metrics-queries';
import { formatPlural } from '@/lib/shared/format';
import { MetricPanelCard } from './metric-panel-card';
import classes from './metrics.module.css';
import type { CurveView } from './use-curve-view';

interface MetricPanelsProps {
  region: string;
  jobRef: JobRef;
  view: CurveView;
  cursor: Cursor;
  warnings: readonly MetricWarning[];
}

/** Every metric of the job: the dozen that matter first, all others by searching. */
export function MetricPanels({ region, jobRef, view, cursor, warnings }: MetricPanelsProps) {
  const [search, setSearch] = useQueryState('q', parseAsString.withDefault('').withOptions({ scroll: false }));
  const { data } = useQuery(metricsQuery(region, jobRef));
  const available = useMemo(() => data?.available.map(({ key }) => key) ?? [], [data]);
  const groups = useMemo(() => metricGroups(available, search), [available, search]);
  // The chart under the hand goes first; the others follow when there is time.
  const zoom = useDeferredValue(view.zoom);
  const count = groups.reduce((sum, { panels }) => sum + panels.length, 0);
  return (
    <section className={classes.panels} aria-label="All metrics">
      <div className={classes.search}>
        <TextInput
          aria-label="Search all metrics"
          placeholder={available.length > 0 ? `Search all ${available.length} metrics` : 'Search all metrics'}
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => void setSearch(event.currentTarget.value || null)}
          maxLength={100}
        />
        <span className={classes.dim} role="status">
          {search ? `${formatPlural(count, 'metric')} found` : ''}
        </span>
      </div>
      {groups.map((group) => (
        <div key={group.id} className={classes.group}>
          <h2 className={classes.groupTitle}>{group.title}</h2>
          <div className={classes.grid}>
            {group.panels.map((panel) => (
              <MetricPanelCard
                key={panel.key}
                panel={panel}
                region={region}
                jobRef={jobRef}
                axis={view.axis}
                smoothing={view.smoothing}
                lineage={view.lineage}
                zoom={zoom}
                setZoom={view.setZoom}
                cursor={cursor}
                warnings={warnings}
                arrived={data === undefined || available.includes(panel.key)}
              />
            ))}
          </div>
        </div>
      ))}
      {search && count === 0 ? <p className={classes.dim}>No metric of this job is called that.</p> : null}
    </section>
  );
}
