import type { JsonService } from '../service';
import { describeQuery } from './lake/describe-query';
import { getQueryResults } from './lake/get-query-results';
import { startQuery } from './lake/start-query';
import { lookupEvents } from './lookup-events';

/** CloudTrail: the event history, and queries of an event data store. JS sends `CloudTrail_20131101.…`, boto3 the same behind a longer name (observed). */
export const cloudtrailService: JsonService = {
  kind: 'json',
  name: 'CloudTrail',
  actionPrefix: 'cloudtrail',
  ownsTarget: (target) => target.endsWith('CloudTrail_20131101'),
  operations: {
    LookupEvents: lookupEvents,
    StartQuery: startQuery,
    DescribeQuery: describeQuery,
    GetQueryResults: getQueryResults,
  },
};
