"""An AWS client that knows nothing of Cairn: plain boto3 against the endpoint that AWS_ENDPOINT_URL names.

`second_client.py read` checks what it can read, `second_client.py create NAME` makes a training job. Every check is one
line of JSON on standard output: {"name": ..., "ok": true|false, "detail": ...}. The exit code is 1 when one failed.
"""

import json
import os
import sys
import time
from urllib.parse import urlparse

import boto3
from botocore.exceptions import ClientError

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
if urlparse(ENDPOINT).hostname != "127.0.0.1":
    sys.exit(f"refusing to talk to {ENDPOINT}: only a sandbox on 127.0.0.1 is allowed")

sagemaker = boto3.client("sagemaker")
logs = boto3.client("logs")
sts = boto3.client("sts")
failed = False


def check(name, ok, detail=""):
    global failed
    failed = failed or not ok
    print(json.dumps({"name": name, "ok": bool(ok), "detail": str(detail)}), flush=True)


def refused(call, **arguments):
    """The error code a call is refused with, or None when it is not refused."""
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def list_all(category):
    pages = sagemaker.get_paginator("list_jobs").paginate(
        JobCategory=category, PaginationConfig={"PageSize": 7}
    )
    return [job for page in pages for job in page["JobSummaries"]]


def find_training_document():
    """The document of a finished training job, as a person would copy it: without what the service added."""
    for job in list_all("AgentRFT"):
        if job["JobStatus"] == "Completed":
            described = sagemaker.describe_job(JobName=job["JobName"], JobCategory="AgentRFT")
            document = json.loads(described["JobConfigDocument"])
            document.pop("ServiceOutput", None)
            document["ModelPackageConfig"].pop("InputModelPackageArn", None)
            return described, document
    raise SystemExit("the sandbox has no completed training job")


def read():
    identity = sts.get_caller_identity()
    check("sts answers with an account", len(identity["Account"]) == 12, identity["Account"])

    jobs = {category: list_all(category) for category in ("AgentRFT", "AgentRFTEvaluation")}
    for category, found in jobs.items():
        names = [job["JobName"] for job in found]
        check(f"{category} lists over several pages", len(names) > 7, len(names))
        check(f"{category} lists every job once", len(names) == len(set(names)), len(names))
        newest_first = sorted(found, key=lambda job: job["CreationTime"], reverse=True)
        check(f"{category} lists the newest first", found == newest_first)

    for job in jobs["AgentRFT"][:5] + jobs["AgentRFTEvaluation"][:2]:
        described = sagemaker.describe_job(JobName=job["JobName"], JobCategory=job["JobCategory"])
        same = all(described[key] == job[key] for key in ("JobArn", "JobStatus", "CreationTime"))
        same = same and described["SecondaryStatus"] == job["JobSecondaryStatus"]
        check(f"describe agrees with list: {job['JobName']}", same, described["JobStatus"])

    versions = sagemaker.list_job_schema_versions(JobCategory="AgentRFT")["JobConfigSchemas"]
    schema = sagemaker.describe_job_schema_version(
        JobCategory="AgentRFT", JobConfigSchemaVersion=versions[0]["JobConfigSchemaVersion"]
    )
    check("the config schema is JSON", "properties" in json.loads(schema["JobConfigSchema"]))

    read_registry()
    read_logs(next(job for job in jobs["AgentRFT"] if job["JobStatus"] == "Completed"))

    code = refused(sagemaker.describe_job, JobName="there-is-no-such-job", JobCategory="AgentRFT")
    check("an unknown job is not found", code == "ResourceNotFound", code)
    code = refused(sagemaker.list_training_jobs)
    check("an operation it does not know is said to be unknown", code == "UnknownOperationException", code)


def read_registry():
    groups = sagemaker.list_model_package_groups(MaxResults=100)["ModelPackageGroupSummaryList"]
    check("package groups are listed", len(groups) > 1, len(groups))
    group = max(groups, key=lambda one: one["CreationTime"])["ModelPackageGroupName"]
    pages = sagemaker.get_paginator("list_model_packages").paginate(
        ModelPackageGroupName=group, PaginationConfig={"PageSize": 50}
    )
    packages = [package for page in pages for package in page["ModelPackageSummaryList"]]
    check("packages of a group are listed", len(packages) > 0, f"{len(packages)} in {group}")
    arns = [package["ModelPackageArn"] for package in packages[:100]]
    batch = sagemaker.batch_describe_model_package(ModelPackageArnList=arns)
    check("a hundred packages are described at once", set(batch["ModelPackageSummaries"]) == set(arns), len(arns))
    one = sagemaker.describe_model_package(ModelPackageName=arns[0])
    check("one package is described", one["ModelPackageArn"] == arns[0])
    tags = sagemaker.list_tags(ResourceArn=arns[0])["Tags"]
    check("tags of a package are listed", isinstance(tags, list), len(tags))


def read_logs(job):
    group = f"/aws/sagemaker/Job/{job['JobCategory']}"
    streams = logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=f"{job['JobName']}/")["logStreams"]
    check("a job has a log stream", len(streams) > 0, len(streams))
    stream = streams[0]["logStreamName"]
    page = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True, limit=50)
    check("log lines are read", len(page["events"]) > 0, len(page["events"]))
    found = logs.filter_log_events(
        logGroupName=group, logStreamNamePrefix=f"{job['JobName']}/", filterPattern="step", limit=20
    )
    words = [event["message"] for event in found["events"]]
    check("log lines are filtered", words and all("step" in word for word in words), len(words))


def create(name):
    described, document = find_training_document()
    for job in list_all("AgentRFT"):
        if job["JobStatus"] == "InProgress":
            sagemaker.stop_job(JobName=job["JobName"], JobCategory="AgentRFT")
    # Stopping takes the service a while, and until then the running job counts against the quota.
    deadline = time.monotonic() + 60
    while any(job["JobStatus"] in ("InProgress", "Stopping") for job in list_all("AgentRFT")):
        if time.monotonic() > deadline:
            raise SystemExit("the running job did not stop")
        time.sleep(0.5)
    request = {
        "JobName": name,
        "RoleArn": described["RoleArn"],
        "JobCategory": "AgentRFT",
        "JobConfigSchemaVersion": described["JobConfigSchemaVersion"],
        "JobConfigDocument": json.dumps(document),
        "Tags": [{"Key": "made-by", "Value": "boto3"}],
    }
    arn = sagemaker.create_job(**request)["JobArn"]
    check("create_job answers with the job's ARN", arn.endswith(f":job/AgentRFT/{name}"), arn)
    code = refused(sagemaker.create_job, **request)
    check("the same name a second time is refused", code == "ResourceInUse", code)
    code = refused(sagemaker.delete_job, JobName=name, JobCategory="AgentRFT")
    check("a running job is not deleted", code == "ResourceInUse", code)


if __name__ == "__main__":
    if sys.argv[1] == "create":
        create(sys.argv[2])
    else:
        read()
    sys.exit(1 if failed else 0)
