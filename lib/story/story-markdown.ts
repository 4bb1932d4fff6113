import type { JobDetail } from '../contract/jobs';
import type { StoryResponse } from '../contract/story';
import { formatUtc } from '../shared/time';

const SOURCE_WORDS = {
  transitions: 'status',
  'job-log': 'job log',
  'agent-log': 'agent log',
  rollouts: 'rollouts',
  'rollout-calls': 'rollout calls',
  cloudtrail: 'CloudTrail',
};

/** The whole story for a ticket. Everything that came from a log is fenced or escaped, so that it cannot format the page. */
export function formatStoryMarkdown(job: JobDetail, story: StoryResponse): string {
  const lines = [
    `# ${job.jobName}: ${job.jobStatus}${job.secondaryStatus === job.jobStatus ? '' : ` (${job.secondaryStatus})`}`,
    '',
    `- Job: \`${job.jobArn}\``,
    `- Created: ${formatUtc(Date.parse(job.creationTime))}`,
    ...(job.endTime ? [`- Ended: ${formatUtc(Date.parse(job.endTime))}`] : []),
    ...(job.failureReason ? [`- Failure reason: ${inline(job.failureReason)}`] : []),
  ];
  for (const cause of story.causes) {
    lines.push('', `## ${cause.title}`, '', cause.meaning, '', ...cause.todo.map((todo) => `- ${todo}`));
    lines.push('', `Evidence (${cause.evidence.source}): ${inline(cause.evidence.text)}`);
  }
  lines.push('', '## What happened', '', '| UTC | source | | what |', '| --- | --- | --- | --- |');
  for (const entry of story.entries) {
    const until = entry.lastAt && entry.lastAt !== entry.at ? `, last ${entry.lastAt.slice(11, 23)}` : '';
    const times = entry.count > 1 ? ` (${entry.count} times${until})` : '';
    const mark = entry.pinned ? `**first ${entry.level}**` : entry.level;
    lines.push(
      `| ${entry.at.slice(0, 23).replace('T', ' ')} | ${SOURCE_WORDS[entry.source]} | ${mark} | ${cell(entry.text)}${times} |`,
    );
  }
  lines.push('', ...callLines(story));
  lines.push('## What was looked at', '');
  for (const words of story.skew ?? []) lines.push(`- Clocks differ. ${words}`);
  for (const { label, note, state } of story.sources) {
    lines.push(`- ${label}: ${note ?? (state === 'ok' ? 'read' : 'nothing there')}`);
  }
  return `${lines.join('\n')}\n`;
}

function callLines({ callMinutes = [] }: StoryResponse): string[] {
  const names = [...new Set(callMinutes.flatMap(({ calls }) => Object.keys(calls)))];
  if (names.length === 0) return [];
  return [
    '## Calls of agents, per minute',
    '',
    `| UTC | ${names.join(' | ')} | refused |`,
    `| --- |${' ---: |'.repeat(names.length + 1)}`,
    ...callMinutes.map(
      ({ at, calls, refused }) =>
        `| ${at.slice(11, 16)} | ${names.map((name) => calls[name] ?? 0).join(' | ')} | ${refused} |`,
    ),
    '',
  ];
}

/** As code, whatever back-ticks it holds. */
function inline(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const fence = '`'.repeat(Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence} ${flat} ${fence}`;
}

/** A bar ends a cell even inside code. */
const cell = (text: string) => inline(text).replaceAll('|', '\\|');
