import {
  bodyText,
  bodyTexts,
  bodyWhole,
  cutOffsetPage,
  type MlflowOperation,
  orNothing,
  pageSize,
  requiredParam,
} from '../mlflow-call';
import { invalid, notFound } from '../mlflow-error';
import { experimentView } from '../run-view';
import { experimentsAt, type MlflowExperiment } from '../runs';
import { type Clause, compareValues, parseFilter, parseOrder, satisfies } from '../search-filter';

/** GET experiments/get-by-name. */
export const getExperimentByName: MlflowOperation = ({ access, now, query }) => {
  const name = requiredParam(query, 'experiment_name');
  const found = experimentsAt(access, now).find((experiment) => experiment.name === name);
  if (!found) throw notFound(`Could not find experiment with name '${name}'`);
  return { experiment: experimentView(found) };
};

/** GET experiments/get. */
export const getExperiment: MlflowOperation = ({ access, now, query }) => {
  const id = requiredParam(query, 'experiment_id');
  const found = experimentsAt(access, now).find((experiment) => experiment.id === id);
  if (!found) throw notFound(`No Experiment with id=${id} exists`);
  return { experiment: experimentView(found) };
};

/** POST experiments/search: by name, creation_time and last_update_time. Nothing is ever deleted here. */
export const searchExperiments: MlflowOperation = ({ access, now, body }) => {
  const clauses = parseFilter(bodyText(body, 'filter'));
  const orders = parseOrder(bodyTexts(body, 'order_by'));
  const deletedOnly = bodyText(body, 'view_type') === 'DELETED_ONLY';
  const found = deletedOnly
    ? []
    : experimentsAt(access, now).filter((experiment) =>
        clauses.every((clause) => satisfies(fieldOf(experiment, clause), clause)),
      );
  for (const order of [...orders].reverse()) {
    found.sort((a, b) => compareValues(fieldOf(a, order), fieldOf(b, order), order.descending));
  }
  const size = pageSize(bodyWhole(body, 'max_results'), 1_000, 50_000);
  const page = cutOffsetPage(found, size, bodyText(body, 'page_token'));
  return { experiments: orNothing(page.items.map(experimentView)), next_page_token: page.next };
};

function fieldOf(experiment: MlflowExperiment, { kind, key }: Pick<Clause, 'kind' | 'key'>) {
  if (kind === 'tag') return undefined;
  switch (key) {
    case 'name':
      return experiment.name;
    case 'experiment_id':
      return experiment.id;
    case 'creation_time':
      return experiment.createdAt;
    case 'last_update_time':
      return experiment.updatedAt;
    default:
      throw invalid(`Invalid attribute key '${key}' specified.`);
  }
}
