import { IconGauge, IconGitBranch, IconPlayerPlay } from '@tabler/icons-react';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import { nextActions } from '@/lib/checkpoints/next-actions';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import { pagePaths } from '@/lib/contract/paths';
import classes from './checkpoint-view.module.css';

const WORDS = { resume: 'Resume', iterate: 'Iterate', evaluate: 'Evaluate' } as const;
const ICONS = { resume: IconPlayerPlay, iterate: IconGitBranch, evaluate: IconGauge } as const;

/** What can be done from here, each behind a plan; and why the rest cannot. */
export function NextSteps({ region, checkpoint }: { region: string; checkpoint: Checkpoint }) {
  const { group, version } = checkpoint;
  const actions = nextActions(checkpoint);
  const shut = actions.filter(({ why }) => why !== undefined);
  return (
    <Panel title="From here">
      <div className={classes.buttons}>
        {actions
          .filter(({ why }) => why === undefined)
          .map(({ action }) => {
            const Icon = ICONS[action];
            return (
              <LinkButton
                key={action}
                href={pagePaths[action](region, group, version)}
                leftSection={<Icon size={14} />}
              >
                {WORDS[action]}
              </LinkButton>
            );
          })}
      </div>
      {shut.length > 0 ? (
        <ul className={classes.list}>
          {[...new Set(shut.map(({ why }) => why))].map((why) => (
            <li key={why} className={classes.dim}>
              <strong>
                {shut
                  .filter((each) => each.why === why)
                  .map(({ action }) => WORDS[action])
                  .join(' and ')}
              </strong>
              : {why}
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}
