import { text, whole } from '../../protocol/read-input';

// Members that several operations share, with the constraints of the API model.

export const logGroupName = () => text({ min: 1, max: 512, pattern: /[.\-_/#A-Za-z0-9]+/ });
export const logGroupIdentifier = () => text({ min: 1, max: 2048, pattern: /[\w#+=/:,.@-]*/ });
export const logStreamName = () => text({ min: 1, max: 512, pattern: /[^:*]*/ });
export const logToken = () => text({ min: 1, max: 8192 });
export const logTime = () => whole({ min: 0 });
export const describeLimit = () => whole({ min: 1, max: 50 });
export const eventLimit = () => whole({ min: 1, max: 10_000 });
