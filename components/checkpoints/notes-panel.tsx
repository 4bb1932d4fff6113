'use client';

import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel } from '@/components/ui/panel';
import { TimeText } from '@/components/ui/time-text';
import type { PackageRef } from '@/lib/contract/action-log';
import type { Note } from '@/lib/contract/checkpoints';
import { noteMutation } from '@/lib/queries/checkpoint-queries';
import { healthQuery } from '@/lib/queries/jobs-queries';
import classes from './checkpoint-view.module.css';

interface NotesPanelProps {
  region: string;
  checkpointRef: PackageRef;
  notes: Note[];
}

/** What the team wrote about a checkpoint. Kept in Cairn's catalog; AWS is not told. */
export function NotesPanel(props: NotesPanelProps) {
  return (
    <Panel title="Notes" note="kept in this catalog only">
      <Notes {...props} />
    </Panel>
  );
}

/** The same without a frame. `folded`: the field for a new one comes when it is asked for. */
export function Notes({ region, checkpointRef, notes, folded = false }: NotesPanelProps & { folded?: boolean }) {
  const [open, setOpen] = useState(!folded);
  const [text, setText] = useState('');
  const mutation = useMutation(noteMutation(region, checkpointRef, useQueryClient()));
  const readOnly = useQuery(healthQuery()).data?.readOnly?.reason;
  return (
    <>
      {notes.length > 0 ? (
        <ul className={classes.list}>
          {notes.map((note) => (
            <li key={note.id} className={classes.noteRow}>
              <div>
                <p className={classes.any}>{note.text}</p>
                <p className={classes.dim}>
                  {note.who} · <TimeText iso={note.time} />
                </p>
              </div>
              {readOnly ? null : (
                <ActionIcon
                  aria-label={`Remove the note “${note.text.slice(0, 40)}”`}
                  onClick={() => mutation.mutate({ remove: note.id })}
                  disabled={mutation.isPending}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {readOnly ? (
        <p className={classes.dim}>{readOnly}</p>
      ) : !open ? (
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
          Add a note
        </Button>
      ) : (
        <form
          className={classes.noteForm}
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) mutation.mutate({ text }, { onSuccess: () => setText('') });
          }}
        >
          <Textarea
            aria-label="New note"
            placeholder="What is worth knowing about it"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            maxLength={4000}
            autosize
            minRows={2}
          />
          {mutation.error ? (
            <p role="alert" className={classes.problem}>
              {mutation.error.message}
            </p>
          ) : null}
          <div>
            <Button type="submit" variant="default" loading={mutation.isPending} disabled={text.trim() === ''}>
              Add note
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
