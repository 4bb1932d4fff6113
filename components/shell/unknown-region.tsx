import { IconWorldQuestion } from '@tabler/icons-react';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { pagePaths } from '@/lib/contract/paths';

/** A link to a region that this Cairn does not watch. */
export function UnknownRegion({ region, regions }: { region: string; regions: string[] }) {
  return (
    <>
      <VisuallyHidden>
        <h1>{region}</h1>
      </VisuallyHidden>
      <EmptyState
        icon={<IconWorldQuestion size={20} />}
        title={`This Cairn does not watch ${region}`}
        actions={regions.map((each) => (
          <LinkButton key={each} href={pagePaths.jobs(each)}>
            Jobs in {each}
          </LinkButton>
        ))}
      >
        <p>Add it to CAIRN_REGIONS where the Cairn server runs and start it again, or open a region it watches.</p>
      </EmptyState>
    </>
  );
}
