import { unknownOperation } from '../../protocol/aws-error';
import { listOf, must, oneOf, structure, text, time, whole } from '../../protocol/read-input';
import { JOB_CATEGORIES } from '../../world/types';
import { JOB_REGIONS, type RegionWorld } from '../../world/world';

// Members that several operations share, with the constraints of the API model.

export const jobName = () => must(text({ min: 1, max: 63, pattern: /[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}/ }));
export const jobCategory = () => must(oneOf(JOB_CATEGORIES));
export const roleArn = () =>
  must(text({ min: 20, max: 2048, pattern: /arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+/ }));
export const schemaVersion = () => text({ min: 5, max: 16, pattern: /\d+\.\d+\.\d+/ });
export const tagList = () =>
  listOf(structure({ Key: must(text({ min: 1, max: 128 })), Value: must(text({ min: 0, max: 256 })) }), { max: 50 });
export const nextToken = () => text({ max: 8192 });
export const maxResults = () => whole({ min: 1, max: 100 });
export const nameContains = () => text({ max: 63, pattern: /[a-zA-Z0-9-]*/ });
export const sortOrder = () => oneOf(['Ascending', 'Descending']);
export const createdBetween = () => ({ CreationTimeAfter: time(), CreationTimeBefore: time() });
export const groupNameOrArn = () =>
  text({
    min: 1,
    max: 170,
    pattern: /(arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:[a-z-]*\/)?([a-zA-Z0-9]([a-zA-Z0-9-]){0,62})(?<!-)/,
  });

/** The Job operations exist in some regions only; elsewhere the service does not know them (field reports). */
export function requireJobRegion(region: RegionWorld): void {
  if (!JOB_REGIONS.some((name) => name === region.name)) throw unknownOperation();
}
