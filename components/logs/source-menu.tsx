'use client';

import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { MiddleCut } from '@/components/ui/middle-cut';
import type { JobRef } from '@/lib/contract/jobs';
import { logSourcesQuery } from '@/lib/queries/logs-query';
import classes from './log-toolbar.module.css';
import { NameGroupDialog } from './name-group-dialog';

interface SourceMenuProps {
  region: string;
  job: JobRef;
  source: string;
  onSource: (source: string) => void;
}

/** Whose log is shown: the job's own, its agent's, or a group that somebody named. */
export function SourceMenu({ region, job, source, onSource }: SourceMenuProps) {
  const { data } = useQuery(logSourcesQuery(region, job));
  const [naming, setNaming] = useState(false);
  const sources = data?.sources ?? [{ source: 'job', label: 'Job', logGroup: '' }];
  const chosen = sources.find((each) => each.source === source);
  const label = chosen?.label ?? (source === 'agent' ? 'Agent' : source.replace(/^group:/, ''));
  return (
    <>
      <Menu position="bottom-start" width={340}>
        <Menu.Target>
          <Button
            variant="default"
            className={classes.source}
            rightSection={<IconChevronDown size={12} aria-hidden="true" />}
            aria-label={`Source: ${label}`}
          >
            <MiddleCut text={label} tailLength={12} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={source} onChange={onSource}>
            {sources.map(({ source: each, label: name, logGroup }) => (
              <Menu.RadioItem closeMenuOnClick key={each} value={each}>
                <span className={classes.sourceName}>{name === logGroup ? 'Named group' : name}</span>
                <span className={classes.sourceGroup}>
                  <MiddleCut text={logGroup} mono tailLength={20} />
                </span>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => setNaming(true)}>
            Log groups of this job …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameGroupDialog
        region={region}
        job={job}
        sources={data}
        opened={naming}
        onClose={() => setNaming(false)}
        onNamed={(logGroup) => onSource(`group:${logGroup}`)}
      />
    </>
  );
}
