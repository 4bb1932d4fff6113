import { validationError } from '../../../protocol/aws-error';
import { must, readInput, text } from '../../../protocol/read-input';
import type { Operation } from '../../service';
import { tagList } from '../fields';
import { findTaggedResource } from '../tagged-resource';

const MAX_TAGS = 50;

/** AddTags: a key that is there gets the new value. Answers all tags of the resource. */
export const addTags: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    ResourceArn: must(text({ max: 256, pattern: /arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.+/ })),
    Tags: must(tagList()),
  });
  const resource = findTaggedResource(region, read.ResourceArn, now);
  const tags = new Map(resource.read().map((tag) => [tag.Key, tag.Value]));
  for (const tag of read.Tags) tags.set(tag.Key, tag.Value);
  if (tags.size > MAX_TAGS) throw validationError(`A resource can have at most ${MAX_TAGS} tags.`);
  resource.replace([...tags].map(([Key, Value]) => ({ Key, Value })));
  return { Tags: resource.read() };
};
