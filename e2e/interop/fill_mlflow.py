"""Tells a real MLflow server of one run and its rollouts, through MLflow's own Python client.

`fill_mlflow.py URI FILE`: FILE is JSON with experiment, run, metrics and traces as another MLflow has them. Writes one
line of JSON with the ids it was given: {"experimentId": ..., "runId": ..., "traceIds": [...]}.
"""

import json
import math
import sys
from urllib.parse import urlparse

import mlflow
from mlflow.entities import Metric, SpanStatus, SpanStatusCode
from mlflow.tracking import MlflowClient

uri, path = sys.argv[1:3]
if urlparse(uri).hostname != "127.0.0.1":
    sys.exit(f"refusing to write to {uri}: only a server on 127.0.0.1 is allowed")
with open(path, encoding="utf-8") as file:
    wanted = json.load(file)

mlflow.set_tracking_uri(uri)
client = MlflowClient(uri)
experiment_id = client.create_experiment(wanted["experiment"])
mlflow.set_experiment(experiment_id=experiment_id)
run_id = client.create_run(experiment_id, run_name=wanted["run"], start_time=wanted["startMs"]).info.run_id

points = [Metric(key, float(value), timestamp, step) for key, value, timestamp, step in wanted["metrics"]]
for start in range(0, len(points), 1000):
    client.log_batch(run_id, metrics=points[start : start + 1000])
client.set_terminated(run_id, status="FINISHED", end_time=wanted["endMs"])


def log_trace(trace):
    root = trace["root"]
    span = client.start_trace(
        root["name"],
        span_type=root["type"],
        inputs=root["inputs"],
        attributes=root["attributes"],
        tags=trace["tags"],
        experiment_id=experiment_id,
        start_time_ns=root["startMs"] * 1_000_000,
    )
    for child in trace["children"]:
        inner = client.start_span(
            child["name"],
            trace_id=span.trace_id,
            parent_id=span.span_id,
            span_type=child["type"],
            inputs=child["inputs"],
            attributes=child["attributes"],
            start_time_ns=child["startMs"] * 1_000_000,
        )
        status = SpanStatusCode.ERROR if child.get("error") else SpanStatusCode.OK
        client.end_span(
            span.trace_id,
            inner.span_id,
            outputs=child["outputs"],
            status=SpanStatus(status, child.get("error") or ""),
            end_time_ns=child["endMs"] * 1_000_000,
        )
    client.end_trace(
        span.trace_id,
        outputs=root["outputs"],
        status="ERROR" if root.get("error") else "OK",
        end_time_ns=root["endMs"] * 1_000_000,
    )
    return span.trace_id


assert any(math.isnan(point.value) for point in points), "no metric has a gap"
with mlflow.start_run(run_id=run_id):
    trace_ids = [log_trace(trace) for trace in wanted["traces"]]
mlflow.flush_trace_async_logging()
# Opening the run again made it a running one.
client.set_terminated(run_id, status="FINISHED", end_time=wanted["endMs"])
print(json.dumps({"experimentId": experiment_id, "runId": run_id, "traceIds": trace_ids}))
