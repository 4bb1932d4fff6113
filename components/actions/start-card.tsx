'use client';

import { Anchor, Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Fragment, type ReactNode, useId } from 'react';
import { Panel } from '@/components/ui/panel';
import type { FieldToMend } from '@/lib/actions/fields-to-mend';
import { AppError } from '@/lib/contract/app-error';
import { formatPlural } from '@/lib/shared/format';
import { ActionError } from './action-error';
import classes from './actions.module.css';
import { fieldId } from './plan-input';
import type { useCreateJob } from './use-create-job';

interface StartCardProps {
  /** On the button: "Resume from step 41". */
  label: string;
  /** What is known of the bill. */
  cost: string;
  /** Why the button is shut; undefined: it is not. */
  blocked: string | undefined;
  /** Fields that hold something no job can be started with. */
  mend: readonly FieldToMend[];
  creation: ReturnType<typeof useCreateJob>;
  /** What the new job will do. */
  children: ReactNode;
}

/** What the new job will do and cost, and the one button that starts it. */
export function StartCard({ label, cost, blocked, mend, creation, children }: StartCardProps) {
  const id = useId();
  return (
    <Panel title="The new job">
      <div className={classes.stack}>
        {children}
        <div>
          <p className={classes.cost}>This starts a paid job.</p>
          <p className={classes.dim}>{cost}</p>
        </div>
        <Button
          size="sm"
          fullWidth
          leftSection={<IconPlayerPlay size={16} />}
          onClick={creation.create}
          loading={creation.creating}
          disabled={blocked !== undefined}
          aria-describedby={`${id}-why`}
        >
          {label}
        </Button>
        <p id={`${id}-why`} className={classes.dim} role="status">
          {creation.creating ? (
            'Starting the job. The same plan never starts a second one.'
          ) : mend.length > 0 ? (
            <ToMend fields={mend} />
          ) : (
            (blocked ?? 'Ready.')
          )}
        </p>
        {creation.error && !creation.creating ? (
          <ActionError title={failureTitle(creation.error)} error={creation.error} />
        ) : null}
      </div>
    </Panel>
  );
}

/** Which fields, each a way to it. */
function ToMend({ fields }: { fields: readonly FieldToMend[] }) {
  return (
    <>
      {formatPlural(fields.length, 'field')} to mend:{' '}
      {fields.map(({ key, label }, index) => (
        <Fragment key={key}>
          {index > 0 ? ', ' : null}
          <Anchor
            component="button"
            type="button"
            inherit
            onClick={() => document.getElementById(fieldId(key))?.focus()}
          >
            {label}
          </Anchor>
        </Fragment>
      ))}
    </>
  );
}

/** No answer is not a no: whether there is a job now only the next try finds out. */
const failureTitle = (error: Error) =>
  error instanceof AppError && (error.code === 'aws_unreachable' || error.code === 'catalog_unavailable')
    ? 'It is not known whether the job was started'
    : 'The job was not started';
