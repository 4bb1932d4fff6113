export const MAX_ADDRESS_LENGTH: number;

export function findAddressProblem(address: string): { field: string; message: string } | undefined;
