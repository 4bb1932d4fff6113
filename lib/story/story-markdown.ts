import type { JobDetail } from '../contract/jobs';
import type { StoryResponse } from '../contract/story';
import { formatUtc } from '../shared/time';

const SOURCE_WORDS = {
  transitions: 'status',
  'job-log': 'job log',
  'agent-log': 'agent log',
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
    const times = entry.count > 1 ? ` (${entry.count} times)` : '';
    const mark = entry.pinned ? `**first ${entry.level}**` : entry.level;
    lines.push(
      `| ${entry.at.slice(0, 23).replace('T', ' ')} | ${SOURCE_WORDS[entry.source]} | ${mark} | ${cell(entry.text)}${times} |`,
    );
  }
  const gaps = story.sources.filter(({ state }) => state !== 'ok');
  if (gaps.length > 0) lines.push('', ...gaps.map(({ label, note }) => `- ${label}: ${note ?? 'nothing there'}`));
  return `${lines.join('\n')}\n`;
}

/** As code, whatever back-ticks it holds. */
function inline(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const fence = '`'.repeat(Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${fence} ${flat} ${fence}`;
}

/** A bar ends a cell even inside code. */
const cell = (text: string) => inline(text).replaceAll('|', '\\|');
