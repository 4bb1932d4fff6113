import type { ReactNode } from 'react';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Missing } from '@/components/ui/missing';
import { Panel } from '@/components/ui/panel';
import type { JobDetail } from '@/lib/contract/jobs';
import { configFacts } from '@/lib/jobs/config-facts';
import { formatUtc, parseTime } from '@/lib/shared/time';
import classes from './detail.module.css';
import { Identifier } from './identifier';

interface Fact {
  key: string;
  label: string;
  value: ReactNode;
}

/** What the job was made of and where its things are. Every identifier is copied whole. */
export function FactsPanel({ job }: { job: JobDetail }) {
  const { config, mlflow, groups } = job;
  const { agent, datasets, outputPath, kmsKeyArn } = configFacts(config.parsed);
  const why = config.problem ?? (job.described ? 'The document does not say' : 'Not read from AWS yet');
  const text = (key: string, label: string, value: string | undefined): Fact => ({
    key,
    label,
    value: value === undefined ? <Missing reason={why} /> : <Identifier value={value} what={label.toLowerCase()} />,
  });
  const items: Fact[] = [
    text('model', 'Base model', job.baseModel),
    ...(datasets.length > 0
      ? datasets.map(({ channel, location }) => text(`data-${channel}`, `Dataset, ${channel}`, location))
      : [text('data', 'Dataset', job.dataset)]),
    text('agent', agent?.kind ?? 'Agent', agent?.arn),
    ...(agent?.qualifier ? [text('qualifier', 'Agent endpoint', agent.qualifier)] : []),
    text('output', 'Output path', outputPath),
    ...(kmsKeyArn ? [text('kms', 'KMS key', kmsKeyArn)] : []),
    // An evaluation makes no packages, so it has no groups to miss.
    ...(job.jobCategory === 'AgentRFT' || groups.output ? [text('output-group', 'Output group', groups.output)] : []),
    ...(job.jobCategory === 'AgentRFT' || groups.intermediate
      ? [text('intermediate-group', 'Intermediate group', groups.intermediate)]
      : []),
    { key: 'mlflow', label: 'MLflow', value: <Mlflow mlflow={mlflow} why={why} /> },
    text('role', 'Role', job.roleArn),
    text('arn', 'Job ARN', job.jobArn),
    { key: 'created', label: 'Created', value: <Absolute iso={job.creationTime} /> },
    {
      key: 'ended',
      label: 'Ended',
      value: job.endTime ? (
        <Absolute iso={job.endTime} />
      ) : (
        <Missing reason="It has not ended, or AWS gave no end time" />
      ),
    },
    { key: 'tags', label: 'Tags', value: <Tags tags={job.tags} /> },
  ];
  return (
    <Panel title="Facts">
      <KeyValueList items={items} />
    </Panel>
  );
}

function Mlflow({ mlflow, why }: { mlflow: JobDetail['mlflow']; why: string }) {
  const parts = [mlflow?.experimentName, mlflow?.runName].filter((part) => part !== undefined);
  if (parts.length === 0 && mlflow?.runId === undefined) return <Missing reason={why} />;
  return (
    <span className={classes.stack}>
      {parts.length > 0 ? <span className={classes.any}>{parts.join(' / ')}</span> : null}
      {mlflow?.runId ? <Identifier value={mlflow.runId} what="MLflow run id" /> : null}
    </span>
  );
}

/** Facts are quoted and compared, so the time is written out in UTC rather than as a distance. */
function Absolute({ iso }: { iso: string }) {
  const timeMs = parseTime(iso);
  return timeMs === undefined ? <span>{iso}</span> : <time dateTime={iso}>{formatUtc(timeMs)}</time>;
}

function Tags({ tags }: { tags: JobDetail['tags'] }) {
  if (tags.length === 0) return <Missing reason="The job has no tags" />;
  return (
    <ul className={classes.tags}>
      {tags.map(({ key, value }) => (
        <li key={key}>
          <span className={classes.dim}>{key}</span> {value}
        </li>
      ))}
    </ul>
  );
}
