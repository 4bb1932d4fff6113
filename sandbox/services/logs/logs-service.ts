import { AwsError } from '../../protocol/aws-error';
import type { JsonService, Operation } from '../service';
import { logGroupArn } from './log-groups';
import { describeLogGroups } from './operations/describe-log-groups';
import { describeLogStreams } from './operations/describe-log-streams';
import { filterLogEvents } from './operations/filter-log-events';
import { getLogEvents } from './operations/get-log-events';

/** CloudWatch Logs, read side: the log groups of the two job categories and of the agents. */
export const logsService: JsonService = {
  kind: 'json',
  name: 'Logs',
  actionPrefix: 'logs',
  ownsTarget: (target) => target.startsWith('Logs_'),
  resourceOf: (region, input) => {
    const group = input.logGroupName ?? input.logGroupIdentifier ?? input.logGroupNamePrefix;
    return `${logGroupArn(region, typeof group === 'string' ? group : '')}:log-stream:`;
  },
  operations: {
    DescribeLogGroups: inLogsWords(describeLogGroups),
    DescribeLogStreams: inLogsWords(describeLogStreams),
    FilterLogEvents: inLogsWords(filterLogEvents),
    GetLogEvents: inLogsWords(getLogEvents),
  },
};

/** Where other services say ValidationException, this one says InvalidParameterException (API model). */
function inLogsWords(operation: Operation): Operation {
  return (call) => {
    try {
      return operation(call);
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
      throw new AwsError('InvalidParameterException', error.message);
    }
  };
}
