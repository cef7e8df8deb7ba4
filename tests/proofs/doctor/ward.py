"""An environment with a little of everything, all of it well until something is done to it."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

from tests.proofs.dead_letters.functions import Listener
from tests.proofs.dead_letters.place import Place

_RUNBOOKS = "https://example.com/docs/runbooks"


class Ward:
    """One environment, and what befalls it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.prefix = place.prefix
        self.functions = {name: Listener(place, name) for name in ("submissions", "leaderboard", "notify", "health")}
        self._clients: dict[str, Any] = {}
        self.topics = {
            name: self.client("sns").create_topic(Name=f"{self.prefix}-{name}")["TopicArn"]
            for name in ("alerts", "notices")
        }

    def client(self, service: str) -> Any:
        """A client of the emulator."""
        return self._clients.setdefault(service, self.place.client(service))

    def furnish(self, api_url: str) -> None:
        """Everything besides queues and tables, and where it is."""
        self.client("events").create_event_bus(Name=self.prefix)
        self.client("events").put_rule(Name="control", EventBusName=self.prefix, EventPattern='{"source": ["quiz"]}')
        self.client("scheduler").create_schedule_group(Name=f"{self.prefix}-inspections")
        self.schedule("ENABLED")
        self.client("lambda").create_event_source_mapping(
            EventSourceArn=self.place.arn("submissions"), FunctionName=self.functions["submissions"].arn, Enabled=True
        )
        self.client("sns").subscribe(
            TopicArn=self.topics["alerts"], Protocol="lambda", Endpoint=self.functions["notify"].arn
        )
        for name in self.functions:
            self.client("logs").create_log_group(logGroupName=self._log_group(name))
        self.alarm("submissions-late", "ticket")
        self.log("health", message="health checked", level="INFO", checks=9, failed=[])
        known = {
            **self.place.known(),
            "http_api_url": api_url,
            "alerts_topic_arn": self.topics["alerts"],
            "functions": {name: function.name for name, function in self.functions.items()},
        }
        self.place.outputs.write_text(json.dumps(known))
        for function in self.functions.values():
            function.ready()

    def alarm(self, name: str, severity: str, state: str = "OK") -> None:
        """An alarm in this state."""
        self.client("cloudwatch").put_metric_alarm(
            AlarmName=f"{self.prefix}-{name}",
            AlarmDescription=f"Submissions wait.\nSeverity: {severity}\nRunbook: {_RUNBOOKS}/{name}.md",
            Namespace="AWS/SQS",
            MetricName=name,
            Statistic="Maximum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
        )
        self.client("cloudwatch").set_alarm_state(
            AlarmName=f"{self.prefix}-{name}", StateValue=state, StateReason="as a proof wants it"
        )

    def schedule(self, state: str) -> None:
        """The schedule of the health check, on or off."""
        scheduler = self.client("scheduler")
        asked: dict[str, Any] = {
            "GroupName": f"{self.prefix}-inspections",
            "Name": "health",
            "ScheduleExpression": "rate(5 minutes)",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "State": state,
            "Target": {"Arn": self.functions["health"].arn, "RoleArn": "arn:aws:iam::000000000000:role/schedules"},
        }
        if scheduler.list_schedules(GroupName=asked["GroupName"])["Schedules"]:
            scheduler.update_schedule(**asked)
        else:
            scheduler.create_schedule(**asked)

    def log(self, function: str, minutes_ago: float = 0, **fields: Any) -> None:
        """A line of a function's log."""
        logs, group = self.client("logs"), self._log_group(function)
        if not logs.describe_log_streams(logGroupName=group)["logStreams"]:
            logs.create_log_stream(logGroupName=group, logStreamName="stream")
        event = {"timestamp": round((time.time() - minutes_ago * 60) * 1000), "message": json.dumps(fields)}
        logs.put_log_events(logGroupName=group, logStreamName="stream", logEvents=[event])

    def mapping(self) -> str:
        """The id of the mapping of the submissions."""
        found = self.client("lambda").list_event_source_mappings(EventSourceArn=self.place.arn("submissions"))
        return str(found["EventSourceMappings"][0]["UUID"])

    def _log_group(self, function: str) -> str:
        return f"/aws/lambda/{self.functions[function].name}"


@contextmanager
def api(status: int = 200) -> Iterator[str]:
    """An API of which only the health check is there."""

    class Health(BaseHTTPRequestHandler):
        answer: ClassVar[bytes] = json.dumps({"status": "ok", "version": "1.2.3"}).encode()

        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(self.answer)))
            self.end_headers()
            self.wfile.write(self.answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Health)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
