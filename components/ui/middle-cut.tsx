import { splitForMiddleCut } from '@/lib/shared/format';
import { Hint } from './hint';
import classes from './middle-cut.module.css';

interface MiddleCutProps {
  text: string;
  /** How many characters of the end are never cut. */
  tailLength?: number;
  mono?: boolean;
  /** False inside a link or button, whose own focus shows the whole. */
  focusable?: boolean;
}

/**
 * A long name that gives way in its middle to the width there is. The whole text stays in the document, so copying a
 * selection and reading aloud give all of it; hover and focus show it.
 */
export function MiddleCut({ text, tailLength = 10, mono = false, focusable = false }: MiddleCutProps) {
  const { head, tail } = splitForMiddleCut(text, tailLength);
  return (
    <Hint label={<span className={classes.whole}>{text}</span>} focusable={focusable} className={classes.cut}>
      <bdi className={mono ? `${classes.line} ${classes.mono}` : classes.line}>
        <span className={classes.head}>{head}</span>
        {tail ? <span className={classes.tail}>{tail}</span> : null}
      </bdi>
    </Hint>
  );
}
