/**
 * The command that has CloudTrail record a job's rollout calls (Sample, SampleWithResponseStream, CompleteRollout,
 * UpdateReward). Resource type and field names: AWS docs, troubleshooting of multi-turn RL. Such events are billed.
 */
export function formatDataEventCommand(region: string, jobArn: string): string {
  const selectors = [
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
