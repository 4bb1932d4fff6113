import 'server-only';
import { formatPackageArn } from '@/lib/checkpoints/package-arn';
import type { PruneDownloadQuery, PruneRow } from '@/lib/contract/prune';
import { csvLine } from '@/lib/shared/csv';
import type { Deployment } from '../deployment';
import { suggest, toRows } from './preview-prune';
import { planStale } from './prune-plan';

/** Rows written at a time: 200,000 in one go would hold up everybody else for a second. */
const PORTION = 2_000;
const HEAD = ['package_arn', 'kind', 'step', 'job', 'job_is_guessed', 'written', 'status', 'may_go', 'why'];

/** Everything the page lists with these rules, as CSV, by the judgement of one moment. Asks AWS nothing. Throws `plan_stale`. */
export async function downloadSuggestion(
  d: Deployment,
  region: string,
  query: PruneDownloadQuery,
  headers: Record<string, string>,
): Promise<Response> {
  const { planToken, ...list } = query;
  const { scope, plan, rules, places } = await suggest(d, region, list);
  if (planToken !== undefined && planToken !== plan.planToken) throw planStale();
  const toLine = (row: PruneRow) =>
    csvLine([
      formatPackageArn({ ...scope, ...row }),
      row.kind,
      row.step ?? '',
      row.job?.jobName ?? '',
      row.job ? (row.guessed ? 'yes' : 'no') : '',
      row.creationTime,
      row.packageStatus,
      row.kept.length === 0 ? 'yes' : 'no',
      row.kept.length === 0
        ? 'No rule keeps it, and nothing Cairn knows of needs it.'
        : row.kept.map(({ detail }) => detail).join(' '),
    ]);
  const encoder = new TextEncoder();
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csvLine(HEAD))),
    async pull(controller) {
      if (next >= places.length) return controller.close();
      const rows = await toRows(d, plan, places.slice(next, next + PORTION), rules);
      next += PORTION;
      controller.enqueue(encoder.encode(rows.map(toLine).join('')));
    },
  });
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="prune-${region}.csv"`,
    },
  });
}
