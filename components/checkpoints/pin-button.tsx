'use client';

import { Button } from '@mantine/core';
import { IconPin, IconPinFilled } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Hint } from '@/components/ui/hint';
import type { PackageRef } from '@/lib/contract/action-log';
import type { GetCheckpointResponse } from '@/lib/contract/checkpoints';
import { pinMutation } from '@/lib/queries/checkpoint-queries';
import { healthQuery } from '@/lib/queries/jobs-queries';

interface PinButtonProps {
  region: string;
  checkpointRef: PackageRef;
  pin: GetCheckpointResponse['pin'];
}

/** Pins a checkpoint or lets go of it; says by whose credentials it was pinned. */
export function PinButton({ region, checkpointRef, pin }: PinButtonProps) {
  const mutation = useMutation(pinMutation(region, checkpointRef, useQueryClient()));
  const reason = useQuery(healthQuery()).data?.readOnly?.reason;
  const label =
    reason ??
    mutation.error?.message ??
    (pin ? `Pinned with ${pin.who}, ${pin.time.slice(0, 16).replace('T', ' ')} UTC` : 'Marks it as one to keep');
  return (
    <Hint label={label} focusable={false}>
      <Button
        variant="default"
        leftSection={pin ? <IconPinFilled size={14} /> : <IconPin size={14} />}
        aria-pressed={pin !== undefined}
        // Not the attribute: a disabled button takes no focus, and its reason could not be read.
        data-disabled={reason ? true : undefined}
        aria-disabled={reason ? true : undefined}
        loading={mutation.isPending}
        onClick={() => (reason ? undefined : mutation.mutate(pin === undefined))}
      >
        {pin ? 'Pinned' : 'Pin'}
      </Button>
    </Hint>
  );
}
