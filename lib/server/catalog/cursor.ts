import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';

/** Beyond it ISO 8601 writes years with a sign, which PostgreSQL does not read. */
const LATEST_MS = Date.UTC(9999, 11, 31);

/** A place in a sorted list: the sort value and the id of the row at its edge, and which way to go on from there. */
const cursorSchema = z.strictObject({
  /** What the list was sorted by: a cursor of another order would skip rows. */
  by: z.string().max(40),
  value: z.union([
    z
      .string()
      .max(300)
      .refine((text) => !text.includes('\0')),
    z.number().min(-1e15).max(1e15),
  ]),
  id: z.number().int().min(0),
  go: z.enum(['next', 'prev']),
  /** The clock that live durations were measured by on the first page, epoch milliseconds. */
  now: z.number().min(0).max(LATEST_MS).optional(),
});
export type Cursor = z.infer<typeof cursorSchema>;

/** Makes the opaque text that the caller gives back. */
export function formatCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64url');
}

/** Reads a cursor back. Throws AppError `bad_request` naming the field when it is not one of ours, or of another order. */
export function parseCursor(text: string, by: string): Cursor {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  const parsed = cursorSchema.safeParse(value);
  if (!parsed.success) throw refusal('cursor is not one that this API gave out.');
  if (parsed.data.by !== by) throw refusal('cursor belongs to a list in another order.');
  return parsed.data;
}

const refusal = (message: string) =>
  new AppError('bad_request', message, { field: 'cursor', hint: 'Leave it out to start at the first page.' });
