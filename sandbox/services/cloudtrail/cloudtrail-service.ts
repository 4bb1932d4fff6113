import type { JsonService } from '../service';
import { lookupEvents } from './lookup-events';

/** CloudTrail: the event history. JS sends `CloudTrail_20131101.…`, boto3 the same behind a longer name (observed). */
export const cloudtrailService: JsonService = {
  kind: 'json',
  name: 'CloudTrail',
  actionPrefix: 'cloudtrail',
  ownsTarget: (target) => target.endsWith('CloudTrail_20131101'),
  operations: { LookupEvents: lookupEvents },
};
