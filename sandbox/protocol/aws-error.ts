/** An answer AWS would give instead of a result. `code` is the word a client sees as the error's name. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly httpStatus: number = 400,
  ) {
    super(message);
    this.name = code;
  }
}

export const validationError = (message: string) => new AwsError('ValidationException', message);
export const resourceNotFound = (message: string) => new AwsError('ResourceNotFound', message);
export const resourceInUse = (message: string) => new AwsError('ResourceInUse', message);
export const resourceLimitExceeded = (message: string) => new AwsError('ResourceLimitExceeded', message);
export const unknownOperation = (message = 'The requested operation is not recognized by the service.') =>
  new AwsError('UnknownOperationException', message, 404);
export const throttled = () => new AwsError('ThrottlingException', 'Rate exceeded');
export const internalFailure = () =>
  new AwsError('InternalFailure', 'The request processing has failed because of an unknown error.', 500);
export const accessDenied = (userArn: string, action: string, resource: string) =>
  new AwsError(
    'AccessDeniedException',
    `User: ${userArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );
