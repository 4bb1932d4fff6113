import type { ReactNode } from 'react';
import classes from './message-state.module.css';

interface MessageStateProps {
  icon: ReactNode;
  tone?: 'plain' | 'failed' | 'warn';
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Announced at once to screen readers: for errors. */
  alert?: boolean;
}

/** The shape the empty, error and no-permission looks share: a mark, a title, a few sentences, what can be done. */
export function MessageState({ icon, tone = 'plain', title, children, actions, alert = false }: MessageStateProps) {
  return (
    <div className={classes.state} data-tone={tone} role={alert ? 'alert' : undefined}>
      <div className={classes.icon} aria-hidden="true">
        {icon}
      </div>
      <h2 className={classes.title}>{title}</h2>
      {children ? <div className={classes.text}>{children}</div> : null}
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </div>
  );
}
