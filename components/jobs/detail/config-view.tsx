'use client';

import { SegmentedControl } from '@mantine/core';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import type { JobRef } from '@/lib/contract/jobs';
import { prepareConfigView } from '@/lib/jobs/config-facts-sections';
import { ConfigRaw } from './config-raw';
import { ConfigSections } from './config-sections';
import classes from './config-view.module.css';
import { useJob } from './use-job';

/** The two ways of reading the document; the URL carries the word. */
const VIEWS = ['parsed', 'raw'] as const;

/** The config document of a job: readable, or exactly as AWS returned it. */
export function ConfigView({ region, jobRef }: { region: string; jobRef: JobRef }) {
  const [view, setView] = useQueryState('view', parseAsStringLiteral(VIEWS).withDefault('parsed'));
  const { job } = useJob(region, jobRef);
  const parsed = job?.config.parsed;
  const prepared = useMemo(() => (parsed ? prepareConfigView(parsed) : undefined), [parsed]);
  if (!job) return null;
  const { raw, problem } = job.config;
  if (raw === undefined) {
    return (
      <EmptyState title="No config document">
        <p>{problem ?? 'AWS has not returned a document for this job.'}</p>
      </EmptyState>
    );
  }
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label="How to read the document"
          size="xs"
          value={prepared ? view : 'raw'}
          onChange={(value) => void setView(value === 'raw' ? 'raw' : null)}
          data={[
            { value: 'parsed', label: 'Readable', disabled: !prepared },
            { value: 'raw', label: 'Raw' },
          ]}
        />
        <span className={classes.dim}>
          {job.jobConfigSchemaVersion ? `schema ${job.jobConfigSchemaVersion}` : 'schema version not known'}
        </span>
      </div>
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem} It is shown as it came.
        </p>
      ) : null}
      {prepared && view === 'parsed' ? <ConfigSections view={prepared} /> : <ConfigRaw raw={raw} />}
    </div>
  );
}
