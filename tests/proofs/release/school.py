"""An environment of two functions, made by the module that makes all of them."""

import io
import json
import zipfile
from itertools import count
from pathlib import Path
from typing import Any, Self

import boto3

from tools import terraform
from tools.deployed import Deployed
from tools.paths import ROOT
from tools.release.aliases import Alias, Aliases
from tools.stack import emulator

_PREFIX = "quiz-proof"
_CONFIGURATION = Path(__file__).with_suffix(".tf")
_codes = count(1)


class School(Deployed):
    """The environment, and the checkout that it is applied from."""

    def __init__(self, url: str, folder: Path) -> None:
        names = {short: f"{_PREFIX}-{short}" for short in ("http", "socket")}
        super().__init__("proof", {"functions": names, "event_bus_name": _PREFIX})
        self.folder = folder
        self._url = url
        self._extra = emulator.credentials(url)

    @classmethod
    def make(cls, url: str, folder: Path) -> Self:
        """Apply the first version of everything."""
        school = cls(url, folder)
        (folder / "main.tf").write_text(_CONFIGURATION.read_text())
        (folder / "modules").symlink_to(ROOT / "modules")
        (folder / ".terraform.lock.hcl").write_text((ROOT / ".terraform.lock.hcl").read_text())
        terraform.init(["-input=false"], folder, school._extra)
        school.write("http")
        school.write("socket")
        school.apply()
        return school

    def write(self, short: str) -> None:
        """Another code for a function."""
        with zipfile.ZipFile(packed := io.BytesIO(), "w") as archive:
            code = f"def handler(event, context):\n    return {next(_codes)}\n"
            archive.writestr(zipfile.ZipInfo("code.py", (1980, 1, 1, 0, 0, 0)), code)
        (self.folder / f"{short}.zip").write_bytes(packed.getvalue())

    def apply(self, share: float | None = None, **serving: str) -> None:
        """Without a share, the newest serves."""
        terraform.run(["apply", "-auto-approve", *self._options(share, serving)], self.folder, self._extra)

    def drifts(self) -> bool:
        """Whether an apply without a release would change an alias; the emulator is asked how they are."""
        planned = terraform.run(["plan", *self._options(None, {})], self.folder, self._extra)
        return ".aws_lambda_alias.live will be" in planned

    def _options(self, share: float | None, serving: dict[str, str]) -> list[str]:
        release = [] if share is None else [f"-var=release={json.dumps({'share': share, 'serving': serving})}"]
        return ["-input=false", "-no-color", "-lock=false", *release]

    def rings(self, short: str, state: str = "ALARM") -> None:
        """Stands in for errors: the emulator counts none by function."""
        name = f"{_PREFIX}-{short}-errors"
        self.client("cloudwatch").set_alarm_state(AlarmName=name, StateValue=state, StateReason="a proof")

    def heard(self) -> dict[str, Any]:
        """The next notification of the alerts topic, as Lambda hands it to a function."""
        queues = self.client("sqs")
        url = queues.get_queue_url(QueueName=f"{_PREFIX}-heard")["QueueUrl"]
        [message] = queues.receive_message(QueueUrl=url, WaitTimeSeconds=5)["Messages"]
        queues.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return {"Sns": json.loads(message["Body"])}

    def settle(self) -> None:
        """End whatever a proof left."""
        self.client("sqs").purge_queue(
            QueueUrl=self.client("sqs").get_queue_url(QueueName=f"{_PREFIX}-heard")["QueueUrl"]
        )
        aliases = Aliases(self)
        for alias in aliases.all():
            self.rings(alias.short, "OK")
            aliases.point(alias, aliases.versions(alias)[-1].number)

    def alias(self, short: str) -> Alias:
        """What serves of a function."""
        [alias] = Aliases(self).of([short])
        return alias

    def answers(self, short: str) -> int:
        """What a caller of the alias hears."""
        name = f"{_PREFIX}-{short}"
        answer = self.client("lambda").invoke(FunctionName=name, Qualifier="live")
        heard: int = json.loads(answer["Payload"].read())
        return heard

    def client(self, service: str, config: Any = None) -> Any:
        """A client of the emulator."""
        make: Any = boto3.client
        return make(
            service,
            endpoint_url=self._url,
            region_name=emulator.REGION,
            aws_access_key_id=emulator.ACCESS_KEY_ID,
            aws_secret_access_key=emulator.SECRET_ACCESS_KEY,
            config=config,
        )
