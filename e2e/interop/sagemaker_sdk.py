"""The SageMaker Python SDK (sagemaker-train), unmodified, against the endpoint that AWS_ENDPOINT_URL names.

It lists jobs, attaches to one and prints its training metrics, which it reads from MLflow. Every check is one line of
JSON on standard output: {"name": ..., "ok": true|false, "detail": ...}. The exit code is 1 when one failed.
"""

import contextlib
import io
import json
import os
import sys
from urllib.parse import urlparse

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
if urlparse(ENDPOINT).hostname != "127.0.0.1":
    sys.exit(f"refusing to talk to {ENDPOINT}: only a sandbox on 127.0.0.1 is allowed")
# The one variable that its MLflow plugin has for another address.
os.environ["SAGEMAKER_MLFLOW_CUSTOM_ENDPOINT"] = ENDPOINT

report = os.fdopen(os.dup(1), "w")
failed = False


def check(name, ok, detail=""):
    global failed
    failed = failed or not ok
    print(json.dumps({"name": name, "ok": bool(ok), "detail": str(detail)}), file=report, flush=True)


with contextlib.redirect_stdout(sys.stderr):
    from sagemaker.train.agent_rft_job import AgentRFTJob

    jobs = list(AgentRFTJob.get_all())
    check("lists the training jobs", len(jobs) > 10, f"{len(jobs)} jobs")

    # The SDK looks for the MLflow app only where it writes it itself.
    def in_training_config(job):
        return bool((job.training_config or {}).get("MlflowConfig", {}).get("MlflowResourceArn"))

    done = [AgentRFTJob.get(job.job_name) for job in jobs if job.job_status == "Completed"][:12]
    job = next((one for one in done if in_training_config(one)), None)
    check("finds a job that names its MLflow app in TrainingConfig", job is not None)
    if job is not None:
        attached = AgentRFTJob.get(job.job_name)
        check("attaches to it", attached.job_name == job.job_name and attached.job_status == "Completed", job.job_name)
        check("reads its tokens", (attached.billable_token_usage or {}).get("TrainTokenCount", 0) > 0)
        check("reads its run", bool((attached.mlflow_details or {}).get("RunId")))
        check("makes a link to its run", "#/experiments/" in (attached.get_mlflow_url() or ""))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            rows = attached.get_training_metrics()
        rewards = [row.get("rollout/reward/mean") for row in rows]
        check("reads its training metrics", len(rows) >= 10 and any(isinstance(r, float) for r in rewards), f"{len(rows)} steps")
        check("prints them as a table", "Training Metrics" in printed.getvalue())

        # The call that a plan of Cairn prints for this SDK.
        from sagemaker.core.resources import Job
        from sagemaker.core.shapes import Tag

        document = json.loads(attached._job.job_config_document)
        document.pop("ServiceOutput", None)
        document.get("ModelPackageConfig", {}).pop("InputModelPackageArn", None)
        made = Job.create(
            job_name="made-by-the-sdk",
            role_arn=attached._job.role_arn,
            job_category="AgentRFT",
            job_config_schema_version=attached._job.job_config_schema_version,
            job_config_document=json.dumps(document),
            tags=[Tag(key="made-by", value="the SDK")],
            region="us-west-2",
        )
        check("starts a job as a plan prints it", made.job_arn.endswith("/made-by-the-sdk"), made.job_arn)

sys.exit(1 if failed else 0)
