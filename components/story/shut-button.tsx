import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Hint } from '@/components/ui/hint';

interface ShutButtonProps {
  /** Why it cannot be pressed; undefined: it can. */
  reason: string | undefined;
  loading?: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** A button that says why it is shut, on hover and on focus. */
export function ShutButton({ reason, loading, onClick, children }: ShutButtonProps) {
  const button = (
    <Button
      variant="default"
      loading={loading}
      // Not the attribute: a disabled button takes no focus, and its reason could not be read.
      data-disabled={reason ? true : undefined}
      aria-disabled={reason ? true : undefined}
      onClick={() => (reason ? undefined : onClick())}
    >
      {children}
    </Button>
  );
  return reason ? (
    <Hint label={reason} focusable={false}>
      {button}
    </Hint>
  ) : (
    button
  );
}
