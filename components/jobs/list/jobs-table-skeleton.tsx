import { SkeletonBox } from '@/components/ui/skeleton-box';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { JOB_COLUMNS } from '@/lib/jobs/columns';
import listClasses from './jobs-list.module.css';
import classes from './jobs-table.module.css';

const ROWS = 14;
/** Bars of different lengths look like text; the same ones every time, so that server and browser agree. */
const WIDTHS = [72, 58, 84, 66, 50, 78];

/** The jobs list before its data: filters and rows where they will stand. */
export function JobsTableSkeleton({ withFilters = false }: { withFilters?: boolean }) {
  return (
    <div role="status">
      <VisuallyHidden>Loading jobs</VisuallyHidden>
      {withFilters ? (
        <div className={listClasses.skeletonFilters} aria-hidden="true">
          {[92, 104, 84, 92, 64, 104, 86].map((width, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity but their place
            <SkeletonBox key={place} width={width} height={28} />
          ))}
        </div>
      ) : null}
      <div className={classes.table} aria-hidden="true">
        <div className={classes.headRow}>
          {JOB_COLUMNS.map(({ id, label, numeric }) => (
            <div key={id} className={classes.headCell} data-column={id} data-numeric={numeric}>
              {label}
            </div>
          ))}
        </div>
        {Array.from({ length: ROWS }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity but their place
          <div key={row} className={classes.row} data-skeleton>
            {JOB_COLUMNS.map(({ id, numeric }, column) => (
              <div key={id} className={classes.cell} data-column={id} data-numeric={numeric}>
                <SkeletonBox width={`${WIDTHS[(row + column) % WIDTHS.length]}%`} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
