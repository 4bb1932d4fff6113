const TITLES: Record<string, string> = {
  CreateJob: 'Created the job',
  StopJob: 'Asked to stop the job',
  DeleteJob: 'Deleted the job',
  UpdateModelPackage: 'Changed a checkpoint',
  DeleteModelPackage: 'Deleted a checkpoint',
  UpdateAgentRuntime: 'Deployed a new version of the agent',
  UpdateAgentRuntimeEndpoint: 'Pointed the agent’s endpoint at another version',
  UpdateFunctionCode20150331v2: 'Deployed new code of the agent’s function',
  UpdateFunctionConfiguration20150331v2: 'Changed the settings of the agent’s function',
};

const APPROVALS: Record<string, string> = {
  Approved: 'Approved a checkpoint',
  Rejected: 'Rejected a checkpoint',
  PendingManualApproval: 'Took back the approval of a checkpoint',
};

/** What an event of CloudTrail means, in words; the name AWS gave it where Cairn has not met it. */
export function eventTitle(name: string, request: Readonly<Record<string, string>>): string {
  if (name === 'UpdateModelPackage') {
    const approval = APPROVALS[request.modelApprovalStatus ?? ''];
    if (approval) return approval;
  }
  return TITLES[name] ?? name;
}

/** What it was done to, from the request: a checkpoint as `group/version`, an approval's note, an agent. */
export function eventDetail(request: Readonly<Record<string, string>>): string | undefined {
  const arn = request.modelPackageArn ?? request.modelPackageName;
  const checkpoint = arn ? (/model-package\/(.+)$/.exec(arn)?.[1] ?? arn) : undefined;
  const parts = [
    checkpoint,
    request.approvalDescription,
    request.agentRuntimeId,
    request.functionName,
    request.roleArn && `role ${request.roleArn.split('/').at(-1)}`,
  ].filter((part) => part !== undefined && part !== '');
  return parts.length > 0 ? parts.join(' · ') : undefined;
}
