'use client';

import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import { Panel } from '@/components/ui/panel';
import classes from './name-and-tags.module.css';
import { fieldId, type NameAndTagsState, type Tag } from './plan-input';

interface NameAndTagsProps {
  state: NameAndTagsState;
  disabled: boolean;
  /** Beside the title. */
  note?: string;
}

/** What a person may choose of every new job. */
export function NameAndTags({ state, disabled, note }: NameAndTagsProps) {
  const { jobName, nameProblem, nameEdited, setJobName, plan } = state;
  const taken = plan?.checks.find((check) => check.id === 'name' && check.state === 'fail');
  return (
    <Panel title="Name and tags" note={note}>
      <TextInput
        id={fieldId('name')}
        label="Job name"
        description="Letters, digits and inner hyphens, at most 63."
        value={jobName}
        onChange={(event) => setJobName(event.currentTarget.value)}
        error={nameProblem ?? (state.settled && taken ? taken.detail : undefined)}
        disabled={disabled}
        maxLength={128}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        classNames={{ input: classes.mono }}
      />
      {nameEdited ? (
        <Button variant="subtle" className={classes.proposal} onClick={() => setJobName(undefined)} disabled={disabled}>
          Use the proposed name
        </Button>
      ) : null}
      <TagEditor tags={state.tags} problem={state.tagsProblem} disabled={disabled} onChange={state.setTags} />
    </Panel>
  );
}

interface TagEditorProps {
  tags: Tag[];
  problem?: string;
  disabled: boolean;
  onChange: (tags: Tag[]) => void;
}

function TagEditor({ tags, problem, disabled, onChange }: TagEditorProps) {
  const id = useId();
  const add = useRef<HTMLButtonElement>(null);
  const change = (index: number, part: Partial<Tag>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...part } : tag)));
  const remove = (index: number) => {
    onChange(tags.filter((_, at) => at !== index));
    // The button that had the focus is gone; the next useful thing is adding.
    add.current?.focus();
  };
  return (
    <fieldset
      id={fieldId('tags')}
      tabIndex={-1}
      className={classes.tags}
      disabled={disabled}
      aria-describedby={problem ? `${id}-problem` : undefined}
    >
      <legend className={classes.legend}>Tags</legend>
      {tags.map((tag, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tag being typed has no identity but its place
        <div key={index} className={classes.tag}>
          <TextInput
            aria-label={`Key of tag ${index + 1}`}
            placeholder="Key"
            value={tag.key}
            onChange={(event) => change(index, { key: event.currentTarget.value })}
            spellCheck={false}
          />
          <TextInput
            aria-label={`Value of tag ${index + 1}`}
            placeholder="Value"
            value={tag.value}
            onChange={(event) => change(index, { value: event.currentTarget.value })}
            spellCheck={false}
          />
          <ActionIcon
            aria-label={`Remove tag ${tag.key || index + 1}`}
            onClick={() => remove(index)}
            disabled={disabled}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </div>
      ))}
      {tags.length === 0 ? <p className={classes.none}>No tags.</p> : null}
      {problem ? (
        <p id={`${id}-problem`} role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
      <Button
        ref={add}
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...tags, { key: '', value: '' }])}
        disabled={disabled || tags.length >= 50}
      >
        Add tag
      </Button>
    </fieldset>
  );
}
