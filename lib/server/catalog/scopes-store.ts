import 'server-only';

/** One account in one region: the key everything in the catalog hangs on, so that accounts never mix. */
export interface Scope {
  id: number;
  account: string;
  partition: string;
  region: string;
}
