import { must, readInput, text, whole } from '../../../protocol/read-input';
import type { Operation } from '../../service';
import { nextToken } from '../fields';
import { cutPage } from '../page';
import { findTaggedResource } from '../tagged-resource';

/** ListTags. MaxResults is at least 50 (API model), which is also all the tags a resource can have. */
export const listTags: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    ResourceArn: must(text({ max: 256, pattern: /arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.+/ })),
    NextToken: nextToken(),
    MaxResults: whole({ min: 50 }),
  });
  const tags = findTaggedResource(region, read.ResourceArn, now).read();
  const page = cutPage({
    input,
    token: read.NextToken,
    limit: read.MaxResults ?? 50,
    scanLimit: tags.length,
    candidates: tags,
    matches: () => true,
    keyOf: (tag) => tag.Key,
  });
  return { Tags: page.items, NextToken: page.nextToken };
};
