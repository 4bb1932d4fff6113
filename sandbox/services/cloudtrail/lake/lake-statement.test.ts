import { expect, it } from 'vitest';
import { parseLakeStatement } from './lake-statement';

const STORE = '0a1b2c3d-0000-4000-8000-000000000001';
const TIME = "eventTime > '2026-11-20 03:00:00' and eventTime < '2026-11-20 03:10:00.500'";
const REST = "eventName IN ('Sample','UpdateReward') AND any_match(resources, r -> r.arn = 'it''s')";

it('reads columns, times, names, the resource and what is grouped by', () => {
  expect(
    parseLakeStatement(
      `select eventName, Count( * ) AS calls\n FROM ${STORE} WHERE ${TIME} AND ${REST} GROUP BY DATE_TRUNC('minute', eventTime), eventName`,
    ),
  ).toEqual({
    store: STORE,
    columns: [
      { name: 'eventName', of: 'eventname' },
      { name: 'calls', of: 'count(*)' },
    ],
    fromMs: Date.parse('2026-11-20T03:00:00.001Z'),
    toMs: Date.parse('2026-11-20T03:10:00.499Z'),
    names: ['Sample', 'UpdateReward'],
    arn: "it's",
    groupBy: ["date_trunc('minute',eventtime)", 'eventname'],
  });
});

it.each([
  ['DROP TABLE x', 'only SELECT'],
  [`SELECT * FROM ${STORE}`, 'only SELECT'],
  [`SELECT errorCode, count(*) FROM ${STORE} WHERE ${TIME} AND ${REST} GROUP BY eventName`, 'must be an aggregate'],
  [`SELECT count(*) FROM ${STORE} WHERE ${REST} GROUP BY eventName`, 'must all be given'],
  [`SELECT count(*) FROM ${STORE} WHERE ${TIME} AND ${REST} AND 1 = 1 GROUP BY eventName`, 'is not emulated'],
  [`SELECT count(*) FROM ${STORE} WHERE eventTime > 'now' AND ${REST} GROUP BY eventName`, 'is not a timestamp'],
  [`SELECT sum(*) FROM ${STORE} WHERE ${TIME} AND ${REST} GROUP BY eventName`, 'is not emulated'],
  [`SELECT count(*) FROM ${STORE} WHERE ${TIME} AND ${REST} GROUP BY eventName LIMIT 5`, 'is not emulated'],
])('refuses %s', (statement, why) => {
  expect(() => parseLakeStatement(statement)).toThrow(why);
});
