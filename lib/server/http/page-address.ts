import 'server-only';
import type { ZodType } from 'zod';
import { AppError } from '../../contract/app-error';
import { checkpointParams, jobParams, regionParams } from './api-params';
import { parsePageParams } from './page-input';

/** The pages with something to check in their address; what is not here is Next's to find or not. */
const PAGES: Array<{ pattern: RegExp; schema: ZodType }> = [
  { pattern: /^\/(?<region>[^/]+)\/jobs\/(?<category>[^/]+)\/(?<name>[^/]+)(\/|$)/, schema: jobParams },
  { pattern: /^\/(?<region>[^/]+)\/checkpoints\/(?<group>[^/]+)\/(?<version>[^/]+)(\/|$)/, schema: checkpointParams },
  { pattern: /^\/(?<region>[^/]+)\/(jobs|new|compare|lineage|checkpoints)(\/|$)/, schema: regionParams },
];

/**
 * What is wrong with the address of a page, naming the part; undefined when it could exist. Told before the page is
 * rendered, because a page that has begun can no longer answer with a status of its own.
 */
export function findPageAddressProblem(pathname: string): AppError | undefined {
  const page = PAGES.find(({ pattern }) => pattern.test(pathname));
  if (!page) return undefined;
  try {
    parsePageParams(page.schema, page.pattern.exec(pathname)?.groups ?? {});
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
