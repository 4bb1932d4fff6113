/**
 * The command that has a trail record a job's rollout calls (Sample, SampleWithResponseStream, CompleteRollout,
 * UpdateReward). Resource type and field names: AWS docs, troubleshooting of multi-turn RL. Such events are billed. It
 * replaces the selectors the trail has, so that the first one keeps what every trail records by default.
 */
export function formatDataEventCommand(region: string, jobArn: string): string {
  const selectors = [
    { Name: 'Management events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
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
    'aws cloudtrail put-event-selectors \\',
    `  --region ${region} \\`,
    '  --trail-name YOUR_TRAIL \\',
    `  --advanced-event-selectors '${JSON.stringify(selectors)}'`,
  ].join('\n');
}
