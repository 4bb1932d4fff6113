'use client';

import { CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { SkeletonLines } from '@/components/ui/skeleton-box';
import { StatusWord } from '@/components/ui/status-word';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { Rollout } from '@/lib/contract/metrics';
import { rolloutPageQuery } from '@/lib/queries/metrics-queries';
import { formatInteger, formatPlural, formatSignificant } from '@/lib/shared/format';
import { formatDuration } from '@/lib/shared/time';
import { ConversationPart } from './conversation-part';
import { LongParts } from './long-parts';
import { STATE_TONES } from './rollout-table';
import classes from './rollouts.module.css';

interface ConversationProps {
  region: string;
  jobRef: JobRef;
  traceId: string;
  onClose: () => void;
}

/** One rollout from its prompt to its reward; of a long one what is in sight. */
export function Conversation({ region, jobRef, traceId, onClose }: ConversationProps) {
  const scroll = useRef<HTMLElement>(null);
  const { data: first, error, refetch, isFetching } = useQuery(rolloutPageQuery(region, jobRef, traceId, 0));
  const parts = first?.parts ?? [];
  const startMs = Date.parse(first?.rollout.startTime ?? parts[0]?.startTime ?? '');
  const long = first !== undefined && first.totalParts > parts.length;
  return (
    <section
      ref={scroll}
      className={classes.conversation}
      data-long={long || undefined}
      aria-label="Rollout"
      data-testid="conversation"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <header className={classes.conversationHead}>
        <h2>Rollout</h2>
        <span className={classes.traceId}>{traceId}</span>
        <CopyButton value={traceId} what="trace id" />
        <CloseButton aria-label="Close the rollout" onClick={onClose} />
      </header>
      {first ? <Facts rollout={first.rollout} /> : null}
      {!first && error ? (
        <ErrorState
          title={
            error instanceof AppError && error.code === 'too_large'
              ? 'The rollout is too large to be shown'
              : 'The rollout could not be loaded'
          }
          message={error.message}
          hint={error instanceof AppError ? error.hint : undefined}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : null}
      {!first && !error ? <SkeletonLines lines={8} label="Loading the rollout" /> : null}
      {first && parts.length === 0 ? (
        <p className={classes.dim}>The trace is there, but holds no turns: MLflow keeps only its outline.</p>
      ) : null}
      {first && long ? (
        <LongParts region={region} jobRef={jobRef} traceId={traceId} first={first} startMs={startMs} scroll={scroll} />
      ) : (
        <ol className={classes.parts} aria-label="Entries">
          {parts.map((part) => (
            <li key={part.id}>
              <ConversationPart part={part} startMs={startMs} />
            </li>
          ))}
        </ol>
      )}
      {first && parts.length > 0 ? <End rollout={first.rollout} /> : null}
    </section>
  );
}

function Facts({ rollout }: { rollout: Rollout }) {
  const { tone, label } = STATE_TONES[rollout.state];
  const facts = [
    rollout.step === undefined ? undefined : `step ${formatInteger(rollout.step)}`,
    rollout.turns === undefined ? undefined : formatPlural(rollout.turns, 'turn'),
    rollout.tokens === undefined ? undefined : formatPlural(rollout.tokens, 'token'),
    rollout.durationMs === undefined ? undefined : formatDuration(rollout.durationMs),
  ].filter((fact) => fact !== undefined);
  return (
    <p className={classes.facts}>
      <StatusWord tone={tone} label={label} />
      <span>
        {rollout.reward === undefined ? 'reward not told by MLflow' : `reward ${formatSignificant(rollout.reward)}`}
      </span>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </p>
  );
}

function End({ rollout: { reward } }: { rollout: Rollout }) {
  return (
    <p className={classes.end}>
      {reward === undefined
        ? 'End of the rollout. MLflow does not say its reward.'
        : `End of the rollout, reward ${formatSignificant(reward)}`}
    </p>
  );
}
