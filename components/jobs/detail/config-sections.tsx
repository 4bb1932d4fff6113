import { Hint } from '@/components/ui/hint';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Mono } from '@/components/ui/mono';
import { Panel } from '@/components/ui/panel';
import { parameterHelp } from '@/lib/jobs/config-facts-parameters';
import type { ConfigRow, ConfigSection, ConfigView } from '@/lib/jobs/config-facts-sections';
import { formatInteger } from '@/lib/shared/format';
import classes from './config-view.module.css';
import { Identifier } from './identifier';

/** The readable document: one panel for each part, hyperparameters as a table, what the service added apart. */
export function ConfigSections({ view }: { view: ConfigView }) {
  const { sections, hyperparameters, serviceOutput } = view;
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        {sections.map((section) => (
          <Section key={section.id} section={section} />
        ))}
      </div>
      <div className={classes.stack}>
        {hyperparameters ? <Hyperparameters section={hyperparameters} /> : null}
        {serviceOutput ? <Section section={serviceOutput} /> : null}
      </div>
    </div>
  );
}

function Section({ section }: { section: ConfigSection }) {
  return (
    <Panel title={section.title}>
      {section.note ? <p className={classes.note}>{section.note}</p> : null}
      <KeyValueList
        items={section.rows.map((row) => ({
          key: row.path,
          label: (
            <Hint label={<Mono>{row.path}</Mono>}>
              <span className={classes.any}>{row.label}</span>
            </Hint>
          ),
          value: <Value row={row} />,
        }))}
      />
      <Omitted section={section} />
    </Panel>
  );
}

function Value({ row }: { row: ConfigRow }) {
  if (row.kind === 'arn' || row.kind === 's3') return <Identifier value={row.text} what={row.label} />;
  if (row.kind === 'text') return <span className={classes.any}>{row.text}</span>;
  return <Mono>{row.text}</Mono>;
}

function Hyperparameters({ section }: { section: ConfigSection }) {
  return (
    <Panel title={section.title} note="only what was set; what is left out has the service’s default" flush>
      {section.rows.length === 0 ? (
        <p className={classes.empty}>None was set: all have the service’s defaults.</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Value</th>
              <th scope="col" className={classes.help}>
                What it does
              </th>
            </tr>
          </thead>
          <tbody>
            {section.rows.map((row) => (
              <tr key={row.path}>
                <th scope="row" className={classes.name}>
                  <Mono breakAnywhere={row.label.length > 40}>{row.label}</Mono>
                </th>
                <td>
                  <Mono breakAnywhere={row.text.length > 40}>{row.text}</Mono>
                </td>
                <td className={classes.help}>{parameterHelp(row.label)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Omitted section={section} />
    </Panel>
  );
}

function Omitted({ section }: { section: ConfigSection }) {
  if (section.omitted === 0) return null;
  return <p className={classes.empty}>{formatInteger(section.omitted)} more fields are in the raw view.</p>;
}
