import type { Check, FormField } from '../contract/actions';
import { equalJson } from './equal-json';
import { problemOfValue, showFieldValue } from './form-text';

/**
 * Whether every hyperparameter that is written is what its field takes. The service's schema is not enough: of an
 * evaluation it knows texts only, and it cannot always be read. What the parent ran with is let pass with a warning.
 */
export function checkLimits(form: readonly FormField[]): Check {
  const title = 'Every hyperparameter is within its limits';
  const wrong = form.flatMap((field) => {
    const problem = problemOfValue(field, field.value);
    return problem === undefined
      ? []
      : [{ field, words: `${field.title} is ${showFieldValue(field.value)}. ${problem}` }];
  });
  const chosen = wrong.filter(({ field }) => !equalJson(field.value, field.parentValue));
  if (chosen.length > 0) {
    const detail = chosen.map(({ words }) => words).join(' ');
    return { id: 'limits', state: 'fail', title, detail, hint: 'Change the values it names.' };
  }
  if (wrong.length > 0) {
    const detail = `${wrong.map(({ words }) => words).join(' ')} The parent ran with the same.`;
    return { id: 'limits', state: 'warn', title, detail };
  }
  return { id: 'limits', state: 'pass', title, detail: 'Those that are written.' };
}
