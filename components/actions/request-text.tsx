'use client';

import { Tabs } from '@mantine/core';
import { CopyButton } from '@/components/ui/copy-button';
import { Panel } from '@/components/ui/panel';
import { indentJson } from '@/lib/actions/indent-json';
import type { PlanResponse } from '@/lib/contract/actions';
import classes from './actions.module.css';
import { CodeText } from './code-text';

/** The request whole, and the same call for the AWS CLI, boto3 and the SageMaker Python SDK. */
export function RequestText({ plan }: { plan: PlanResponse }) {
  return (
    <Panel title="The exact request">
      <Tabs defaultValue="request" keepMounted={false}>
        <Tabs.List aria-label="Forms of the request">
          <Tabs.Tab value="request">Request</Tabs.Tab>
          <Tabs.Tab value="cli">AWS CLI</Tabs.Tab>
          <Tabs.Tab value="boto3">Python, boto3</Tabs.Tab>
          <Tabs.Tab value="sagemaker">Python, SageMaker SDK</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="request" className={classes.tab}>
          <Tools note="The document is shown opened; it is sent as JSON text, number for number as the parent’s.">
            <CopyButton value={JSON.stringify(plan.request, null, 2)} what="request" withText />
            <CopyButton value={plan.request.JobConfigDocument} what="document" withText />
          </Tools>
          <CodeText text={openedRequest(plan.request)} label="Request as JSON" />
        </Tabs.Panel>
        <Tabs.Panel value="cli" className={classes.tab}>
          <Tools note="For a POSIX shell and an AWS CLI that knows create-job.">
            <CopyButton value={plan.cli} what="commands" withText />
          </Tools>
          <CodeText text={plan.cli} label="AWS CLI commands" />
        </Tabs.Panel>
        <Tabs.Panel value="boto3" className={classes.tab}>
          <Tools note="For boto3 1.43.37 or later.">
            <CopyButton value={plan.python} what="Python" withText />
          </Tools>
          <CodeText text={plan.python} label="Python code for boto3" />
        </Tabs.Panel>
        <Tabs.Panel value="sagemaker" className={classes.tab}>
          <Tools note="For the SageMaker Python SDK (sagemaker-train 1.27 or later).">
            <CopyButton value={plan.sagemakerPython} what="Python" withText />
          </Tools>
          <CodeText text={plan.sagemakerPython} label="Python code for the SageMaker SDK" />
        </Tabs.Panel>
      </Tabs>
    </Panel>
  );
}

function Tools({ note, children }: { note: string; children: React.ReactNode }) {
  return (
    <div className={classes.tools}>
      <p className={classes.dim}>{note}</p>
      <div className={classes.inline}>{children}</div>
    </div>
  );
}

/** The request as one JSON text with the document in place of its string, every number as it was written. */
function openedRequest(request: PlanResponse['request']): string {
  const { JobConfigDocument, ...rest } = request;
  return indentJson(`${JSON.stringify(rest).slice(0, -1)},"JobConfigDocument":${JobConfigDocument}}`);
}
