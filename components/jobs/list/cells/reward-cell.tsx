import { IconStarFilled } from '@tabler/icons-react';
import { Hint } from '@/components/ui/hint';
import { Missing } from '@/components/ui/missing';
import type { JobRow } from '@/lib/contract/jobs';
import { formatInteger, formatSignificant } from '@/lib/shared/format';
import { sparkPath } from '@/lib/shared/spark-path';
import classes from '../jobs-table.module.css';

const WIDTH_PX = 48;
const HEIGHT_PX = 18;

/** How the mean reward went, and the best validation. Of an evaluation its mean reward. */
export function RewardCell({ job }: { job: JobRow }) {
  const { reward } = job;
  if (!reward || (reward.spark.length === 0 && !reward.bestValidation && reward.last === undefined)) {
    return <Missing reason={job.described ? 'No reward was read from MLflow yet' : 'Not described yet'} />;
  }
  const { bestValidation, last, spark } = reward;
  const shown = bestValidation?.value ?? last;
  return (
    <Hint label={wordsOf(job)}>
      <span className={classes.reward}>
        {spark.length > 1 ? (
          <svg className={classes.spark} width={WIDTH_PX} height={HEIGHT_PX} aria-hidden="true" focusable="false">
            <path d={sparkPath(spark, WIDTH_PX, HEIGHT_PX)} />
          </svg>
        ) : null}
        {shown === undefined ? null : (
          <span className={classes.bestValue} aria-hidden="true">
            {bestValidation && job.jobCategory === 'AgentRFT' ? <IconStarFilled size={10} /> : null}
            {formatSignificant(shown)}
          </span>
        )}
      </span>
      <span className={classes.reader}>{wordsOf(job)}</span>
    </Hint>
  );
}

function wordsOf({ reward, jobCategory }: JobRow): string {
  const { bestValidation, last } = reward ?? {};
  if (jobCategory === 'AgentRFTEvaluation') {
    return bestValidation ? `Mean reward ${formatSignificant(bestValidation.value)}` : 'No result yet';
  }
  const parts = [
    ...(last === undefined ? [] : [`Mean reward ${formatSignificant(last)} at the last step`]),
    bestValidation
      ? `best validation ${formatSignificant(bestValidation.value)} at step ${formatInteger(bestValidation.step)}`
      : 'no validation yet',
  ];
  return parts.join(', ');
}
