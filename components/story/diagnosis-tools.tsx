'use client';

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import type { RunDiagnosis } from '@/lib/contract/diagnosis';
import classes from './diagnosis.module.css';
import { ShutButton } from './shut-button';

interface ToolProps {
  shut: string | undefined;
  running: boolean;
  onStart: (asked: Partial<RunDiagnosis>) => void;
}

/** Runs the function once, after saying what that costs. */
export function InvokeForwarder({ shut, onStart }: ToolProps) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <ShutButton reason={shut} onClick={() => setAsking(true)}>
        Invoke the forwarder as a test
      </ShutButton>
      <Dialog opened={asking} onClose={close} title="Invoke the forwarder?">
        <p>
          This runs the function once with a test prompt and a job that does not exist. It costs what one call of the
          function costs, and your agent may be called once. An InternalServerError is the expected answer.
        </p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            onClick={() => {
              close();
              onStart({ invoke: true });
            }}
          >
            Invoke once
          </Button>
        </div>
      </Dialog>
    </>
  );
}

/** Asks the health address of an agent that runs elsewhere; which hosts may be asked is the operator's to say. */
export function AskHealth({ shut, running, onStart }: ToolProps) {
  const [address, setAddress] = useState('');
  const wanted = address.trim();
  const reason = shut ?? (wanted === '' ? 'Type the address first.' : undefined);
  const ask = () => onStart({ healthUrl: wanted });
  return (
    <form
      className={classes.health}
      onSubmit={(event) => {
        event.preventDefault();
        if (!reason) ask();
      }}
    >
      <TextInput
        className={classes.address}
        label="Health address of a custom agent"
        description="Only hosts named in CAIRN_HEALTH_HOSTS are asked."
        placeholder="https://agent.example.com/health"
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <ShutButton reason={reason} loading={running && wanted !== ''} onClick={ask}>
        Ask
      </ShutButton>
    </form>
  );
}
