import 'server-only';
import { version } from '../../package.json';

/** Cairn's own version, as health and the event stream tell it. */
export const VERSION: string = version;
