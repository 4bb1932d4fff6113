'use client';

import { Switch } from '@mantine/core';
import { parseAsBoolean, useQueryStates } from 'nuqs';
import { memo, useMemo } from 'react';
import { Missing } from '@/components/ui/missing';
import { Panel } from '@/components/ui/panel';
import type { ComparedJob } from '@/lib/contract/metrics';
import { parameterHelp } from '@/lib/jobs/config-facts-parameters';
import { compareConfigs, type DiffRow } from '@/lib/metrics/compare-configs';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import { jobColours } from '@/lib/shared/job-colours';
import classes from './compare.module.css';

const FLAGS = { all: parseAsBoolean.withDefault(false), names: parseAsBoolean.withDefault(false) };

/** What differs in the configs of the jobs, path by path. Names and ARNs, which always differ, only when asked for. */
export const ConfigDiff = memo(function ConfigDiff({ jobs, region }: { jobs: readonly ComparedJob[]; region: string }) {
  const [{ all, names }, setFlags] = useQueryStates(FLAGS, { history: 'replace', shallow: true, scroll: false });
  const rows = useMemo(() => compareConfigs(jobs), [jobs]);
  const shown = rows.filter((row) => (all || row.differs) && (names || !row.noise));
  const hidden = rows.filter((row) => row.differs && row.noise).length;
  const colours = jobColours(jobs.map(({ jobName }) => jobName));
  return (
    <Panel
      title={all ? 'Config' : 'What differs in the config'}
      note={`${formatPlural(shown.length, 'path')}${!names && hidden > 0 ? `, ${formatInteger(hidden)} names and ARNs left out` : ''}`}
      actions={
        <div className={classes.switches}>
          <Switch
            size="xs"
            label="Equal values too"
            checked={all}
            onChange={(event) => void setFlags({ all: event.currentTarget.checked || null })}
          />
          <Switch
            size="xs"
            label="Names and ARNs"
            checked={names}
            onChange={(event) => void setFlags({ names: event.currentTarget.checked || null })}
          />
        </div>
      }
      flush
    >
      {shown.length === 0 ? (
        <p className={classes.nothing}>
          {jobs.length < 2 ? 'Add another job to see what differs.' : 'The configs of these jobs are the same.'}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.scroll} aria-label={`Config of the jobs of ${region}`} tabIndex={0}>
          <table className={classes.diff}>
            <thead>
              <tr>
                <th scope="col">Path</th>
                {jobs.map(({ jobCategory, jobName }) => (
                  <th key={`${jobCategory}/${jobName}`} scope="col">
                    <span className={classes.columnName} style={{ borderColor: colours.get(jobName)?.css }}>
                      {jobName}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Row key={row.path} row={row} jobs={jobs} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
});

function Row({ row, jobs }: { row: DiffRow; jobs: readonly ComparedJob[] }) {
  return (
    <tr data-differs={row.differs || undefined}>
      <th scope="row" title={parameterHelp(row.path)}>
        <Path path={row.path} />
      </th>
      {row.cells.map(({ value, isDefault }, place) => (
        <td key={`${jobs[place]?.jobCategory}/${jobs[place]?.jobName}`}>
          {value === undefined ? <Missing reason="Not in this job’s config" focusable={false} /> : value}
          {isDefault ? <span className={classes.default}> default</span> : null}
        </td>
      ))}
    </tr>
  );
}

/** A path whose last part, which tells it from the others, is never cut. */
function Path({ path }: { path: string }) {
  const at = path.lastIndexOf('.') + 1;
  return (
    <>
      <span className={classes.pathHead}>{path.slice(0, at)}</span>
      {path.slice(at)}
    </>
  );
}
