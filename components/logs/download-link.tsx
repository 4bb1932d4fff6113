import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Hint } from '@/components/ui/hint';
import type { JobRef } from '@/lib/contract/jobs';
import type { LogScopeQuery } from '@/lib/contract/logs';
import { apiPaths } from '@/lib/contract/paths';
import { scopeSearch } from '@/lib/queries/logs-query';

interface DownloadLinkProps {
  region: string;
  job: JobRef;
  scope: LogScopeQuery;
}

/** The whole source as a text file, or what the search and the filters leave of it. */
export function DownloadLink({ region, job, scope }: DownloadLinkProps) {
  const search = scopeSearch(scope);
  const path = apiPaths.jobPart(region, job.jobCategory, job.jobName, 'logs/download');
  const narrowed = scope.q || scope.level || scope.stream || scope.from || scope.to;
  return (
    <Hint label={narrowed ? 'All lines that fit, as text' : 'The whole log, as text'} focusable={false}>
      <Button
        component="a"
        href={search.size > 0 ? `${path}?${search}` : path}
        download
        variant="default"
        leftSection={<IconDownload size={14} />}
      >
        Download
      </Button>
    </Hint>
  );
}
