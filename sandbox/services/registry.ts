import { agentcoreService } from './agentcore/agentcore-service';
import { cloudtrailService } from './cloudtrail/cloudtrail-service';
import { lambdaService } from './lambda/lambda-service';
import { logsService } from './logs/logs-service';
import { mlflowService } from './mlflow/mlflow-service';
import { sagemakerService } from './sagemaker/sagemaker-service';
import type { Service } from './service';
import { stsService } from './sts/sts-service';

/** Every emulated service. A request goes to the first that owns it; a new service is one more line. */
export const SERVICES: readonly Service[] = [
  sagemakerService,
  logsService,
  cloudtrailService,
  stsService,
  agentcoreService,
  lambdaService,
  mlflowService,
];
