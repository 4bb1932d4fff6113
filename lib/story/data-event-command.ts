/**
 * The command that has a trail record a job's rollout calls (Sample, SampleWithResponseStream, CompleteRollout,
 * UpdateReward). Resource type and field names: AWS docs, troubleshooting of multi-turn RL. Such events are billed. It
 * replaces all selectors, so that a trail's first one keeps what every trail records by default. With the ARN of an event data
 * store the command is for that one, and has no such selector: a store that held none would begin to take in, and bill, all
 * management events.
 */
export function formatDataEventCommand(region: string, jobArn: string, eventDataStore?: string): string {
  const selectors = [
    ...(eventDataStore === undefined
      ? [{ Name: 'Management events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }]
      : []),
    {
      Name: 'Rollout calls of one job',
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::SageMaker::Job'] },
        { Field: 'resources.ARN', Equals: [jobArn] },
      ],
    },
  ];
  return [
    `aws cloudtrail ${eventDataStore ? 'update-event-data-store' : 'put-event-selectors'} \\`,
    `  --region ${eventDataStore?.split(':')[3] ?? region} \\`,
    eventDataStore ? `  --event-data-store ${eventDataStore} \\` : '  --trail-name YOUR_TRAIL \\',
    `  --advanced-event-selectors '${JSON.stringify(selectors)}'`,
  ].join('\n');
}
