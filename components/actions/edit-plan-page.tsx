'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { MiddleCut } from '@/components/ui/middle-cut';
import { StaleNote } from '@/components/ui/stale-note';
import { AppError } from '@/lib/contract/app-error';
import { pagePaths } from '@/lib/contract/paths';
import { CheckList } from './check-list';
import { DocumentEditor } from './document-editor';
import { EditCreateCard } from './edit-create-card';
import { NameAndTags } from './name-and-tags';
import { ParameterForm } from './parameter-form';
import { PlanProblem } from './plan-problem';
import { PlanSkeleton } from './plan-skeleton';
import { Presets } from './presets';
import { RequestDiff } from './request-diff';
import { RequestText } from './request-text';
import classes from './resume-plan-page.module.css';
import { SettingsForm } from './settings-form';
import { SourceCard } from './source-card';
import { useCreateJob } from './use-create-job';
import { type EditBase, useEditPlan } from './use-edit-plan';

/** An iterate or an evaluation before it is started: what may change, what was checked, what will be sent. */
export function EditPlanPage({ region, base }: { region: string; base: EditBase }) {
  const state = useEditPlan(region, base);
  const creation = useCreateJob(region, state);
  const { plan, query } = state;
  const heading = headingOf(base, plan?.source?.step);

  if (!plan) {
    if (!query.isError) return <PlanSkeleton heading={heading} />;
    const byHand =
      query.error instanceof AppError && (query.error.field === 'document' || query.error.field === 'roleArn');
    return (
      <PlanProblem
        region={region}
        heading={heading}
        unprocessable="No request can be made from the parent"
        error={query.error}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      >
        {byHand ? <DocumentEditor state={state} disabled={false} start={skeletonOf(base)} /> : null}
      </PlanProblem>
    );
  }

  const busy = creation.creating;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        {plan.parent ? (
          <p className={classes.crumbs}>
            <Link
              href={pagePaths.job(region, plan.parent.jobCategory, plan.parent.jobName)}
              aria-label={plan.parent.jobName}
            >
              <MiddleCut text={plan.parent.jobName} mono />
            </Link>
          </p>
        ) : null}
        <h1 className={classes.title}>{heading}</h1>
        <p className={classes.lead}>{LEAD[base.action]}</p>
      </header>
      {query.isError ? (
        <StaleNote
          message={query.error.message}
          hint={query.error instanceof AppError ? query.error.hint : undefined}
          onRetry={() => void query.refetch()}
          retrying={query.isFetching}
        />
      ) : null}
      <div className={classes.grid}>
        <div className={classes.first}>
          {plan.source ? <SourceCard region={region} source={plan.source} parent={plan.parent} /> : null}
          {state.document === undefined ? (
            <>
              {base.action === 'iterate' ? <Presets state={state} plan={plan} disabled={busy} /> : null}
              <SettingsForm state={state} plan={plan} disabled={busy} />
              <ParameterForm state={state} plan={plan} disabled={busy} />
              <div>
                <Button
                  variant="default"
                  disabled={busy}
                  onClick={() => state.setDocument(JSON.stringify(JSON.parse(plan.request.JobConfigDocument), null, 2))}
                >
                  Edit the document as text
                </Button>
              </div>
            </>
          ) : (
            <DocumentEditor state={state} disabled={busy} start={state.document} />
          )}
          <NameAndTags state={state} disabled={busy} />
        </div>
        <div className={classes.side}>
          <EditCreateCard plan={plan} state={state} creation={creation} />
        </div>
        <div className={classes.second}>
          <CheckList checks={plan.checks} checking={state.checking} />
          <RequestDiff diff={plan.diff} parentName={plan.parent?.jobName ?? 'the parent'} />
          <RequestText plan={plan} />
        </div>
      </div>
    </div>
  );
}

const LEAD = {
  iterate:
    'A new training job starts from the weights of this checkpoint. Optimizer and step counter start anew; everything but the base model may change.',
  evaluate: 'An evaluation job measures it and trains nothing. Its hyperparameters are its own.',
} as const;

function headingOf(base: EditBase, step: number | undefined): string {
  if ('template' in base) return `Evaluate the base model of ${base.template.jobName}`;
  const what = step === undefined ? `${base.from.group}/${base.from.version}` : `step ${step}`;
  return base.action === 'iterate' ? `Iterate from ${what}` : `Evaluate ${what}`;
}

/** Where to begin when there is nothing to begin with: the parts that the service requires, without a guess of what is in them. */
const skeletonOf = ({ action }: EditBase) =>
  JSON.stringify(
    {
      AgentConfig: {},
      InputDataConfig: [],
      OutputDataConfig: {},
      ModelPackageConfig: {},
      [action === 'iterate' ? 'TrainingConfig' : 'EvaluationConfig']: { BaseModelArn: '' },
    },
    null,
    2,
  );
