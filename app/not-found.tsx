import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { VisuallyHidden } from '@/components/ui/visually-hidden';

export default function NotFound() {
  return (
    <main>
      <VisuallyHidden>
        <h1>Page not found</h1>
      </VisuallyHidden>
      <EmptyState
        icon={<IconMapQuestion size={20} />}
        title="There is no such page"
        actions={<LinkButton href="/">To the jobs</LinkButton>}
      >
        <p>The address may be cut short, or lead to something that this version of Cairn does not have.</p>
      </EmptyState>
    </main>
  );
}
