import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inOrder, type PackageFacts, replaceJobs, toColumns } from './package-columns';

const arbitraryPackage = fc.record({
  groupId: fc.integer({ min: 1, max: 3 }),
  version: fc.integer({ min: 1, max: 9 }),
  jobId: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  step: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  createdMs: fc.integer({ min: 0, max: 9 }),
  kind: fc.integer({ min: 0, max: 2 }),
  status: fc.integer({ min: 0, max: 2 }),
  guessed: fc.boolean(),
});
const packages = fc.uniqueArray(arbitraryPackage, {
  selector: ({ groupId, version }) => `${groupId}/${version}`,
  maxLength: 20,
});

it('orders whatever order it is given alike, job by job', () => {
  fc.assert(
    fc.property(packages, (list) => {
      const columns = inOrder(toColumns(list));
      expect(inOrder(toColumns(list.toReversed()))).toEqual(columns);
      const jobIds = Array.from(columns.jobId);
      expect(jobIds.filter((id, at) => id !== jobIds[at - 1])).toHaveLength(new Set(jobIds).size);
    }),
  );
});

it('read again for some jobs, the columns are what they would be if all were read', () => {
  const maker = ({ jobId }: PackageFacts) => jobId ?? 0;
  fc.assert(
    fc.property(packages, packages, fc.array(fc.integer({ min: 0, max: 4 })), (before, changed, more) => {
      // What changes is every package of the second list, whether it was there or not.
      const keys = new Set(changed.map(({ groupId, version }) => `${groupId}/${version}`));
      const isTouched = ({ groupId, version }: PackageFacts) => keys.has(`${groupId}/${version}`);
      const after = [...before.filter((one) => !isTouched(one)), ...changed];
      const jobIds = new Set([...before.filter(isTouched).map(maker), ...changed.map(maker), ...more]);
      const fresh = toColumns(after.filter((one) => jobIds.has(maker(one))));
      expect(replaceJobs(inOrder(toColumns(before)), jobIds, fresh)).toEqual(inOrder(toColumns(after)));
    }),
  );
});
