'use client';

import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '@/components/ui/panel';
import classes from './edit-form.module.css';
import { fieldId, problemOfDocument } from './plan-input';
import type { EditPlanState } from './use-edit-plan';

interface DocumentEditorProps {
  state: EditPlanState;
  disabled: boolean;
  /** What stands in it before anything is written. */
  start: string;
}

/** The config document as text. The server holds it against the service's own schema; the checkpoint is put in by Cairn. */
export function DocumentEditor({ state, disabled, start }: DocumentEditorProps) {
  const [text, setText] = useState(start);
  const problem = problemOfDocument(text);
  const use = (next: string) => {
    setText(next);
    // What cannot be read is kept too once the document counts: else the last text that could would be sent.
    if (state.document !== undefined || problemOfDocument(next) === undefined) state.setDocument(next);
  };
  return (
    <Panel title="Config document" note="checked against the service’s own schema">
      <div className={classes.fields}>
        <Textarea
          id={fieldId('document')}
          label="Document as JSON"
          description="InputModelPackageArn is put in by Cairn; ServiceOutput is taken out."
          value={text}
          onChange={(event) => use(event.currentTarget.value)}
          error={problem}
          disabled={disabled}
          autosize
          minRows={12}
          maxRows={40}
          spellCheck={false}
          classNames={{ input: classes.mono }}
        />
        <TextInput
          id={fieldId('roleArn')}
          label="Execution role"
          description={
            state.plan?.parent
              ? 'ARN of the role the job runs under; the parent’s where it is left empty.'
              : 'ARN of the role the job runs under. No parent is known, so it has to be given.'
          }
          placeholder="arn:aws:iam::123456789012:role/name"
          value={state.roleArn}
          onChange={(event) => state.setRoleArn(event.currentTarget.value.trim())}
          error={state.roleProblem}
          disabled={disabled}
          classNames={{ input: classes.mono }}
          autoComplete="off"
          spellCheck={false}
        />
        <div className={classes.buttons}>
          {state.document === undefined ? (
            <Button
              onClick={() => state.setDocument(text)}
              disabled={problem !== undefined || state.roleProblem !== undefined}
            >
              Check this document
            </Button>
          ) : (
            <Button variant="default" onClick={() => state.setDocument(undefined)} disabled={disabled}>
              Back to the form
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}
