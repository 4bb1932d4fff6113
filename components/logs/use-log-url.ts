'use client';

import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { type LogScopeQuery, logScopeSchema } from '@/lib/contract/logs';
import { parseLineAddress } from '@/lib/logs/line-address';
import type { LogOpening } from '@/lib/queries/logs-query';

const WORDS = {
  source: parseAsString,
  q: parseAsString,
  level: parseAsString,
  stream: parseAsString,
  from: parseAsString,
  to: parseAsString,
  /** The address of one line, or a time. */
  line: parseAsString,
  /** Where it is opened: `first-error` or `end`; by default failed jobs at the one, others at the other. */
  open: parseAsString,
  wrap: parseAsBoolean.withDefault(false),
};

export type LogUrlChange = Partial<Record<Exclude<keyof typeof WORDS, 'wrap'>, string | null>> & {
  wrap?: boolean | null;
};

/** The view of a log that its link carries. Words that mean nothing are left out, as if they were not there. */
export function useLogUrl(opensAtFirstError: boolean) {
  const [words, setWords] = useQueryStates(WORDS, { history: 'replace' });
  const { source, q, level, stream, from, to, line, open, wrap } = words;
  const scope = useMemo((): LogScopeQuery => {
    const { shape } = logScopeSchema;
    const read = <T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, value: string | null) =>
      value ? schema.safeParse(value).data : undefined;
    return {
      source: read(shape.source, source) ?? 'job',
      q: read(shape.q, q),
      level: read(shape.level, level),
      stream: read(shape.stream, stream),
      from: read(shape.from, from),
      to: read(shape.to, to),
    };
  }, [source, q, level, stream, from, to]);
  const address = useMemo(() => (line ? parseLineAddress(line) : undefined), [line]);
  const atFirstError = open ? open === 'first-error' : opensAtFirstError && !from && !to;
  const opening: LogOpening = address ? { line: address } : atFirstError ? 'first-error' : 'end';
  return { scope, opening, wrap, setUrl: setWords as (change: LogUrlChange) => Promise<URLSearchParams> };
}
