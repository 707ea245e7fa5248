"""A real vLLM as a process of the tests, gone after them with all its children."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import httpx2

from tests import servers

ROOM: Final = Path(__file__).parents[2] / ".venv-vllm"
"""Where `scripts/vllm.sh` has put it."""

TINY: Final = ROOM / "tiny"
"""Where `scripts/tiny_model.py` has put the model and its adapters."""

CONTEXT: Final = 1024
READY_S: Final = 600.0
"""It takes 40 s on two quiet cores, and took three minutes on crowded ones."""

FAREWELL_S: Final = 20.0

RANK: Final = 16
"""The widest adapter that the server takes; `adapter_wide` has 64."""

ENVIRONMENT: Final = {
    "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "1",
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "VLLM_NO_USAGE_STATS": "1",
    "HF_HUB_OFFLINE": "1",
}


class RealVllm:
    """Serves `base`; started again it keeps its port and has forgotten its adapters."""

    def __init__(self, log: Path) -> None:
        self.port = servers.free_port()
        self.root = f"http://127.0.0.1:{self.port}"
        self.url = f"{self.root}/v1"
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Start it; only from the main thread, with whose end it ends."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                cwd=self._log.parent,  # a folder called vllm in ours would be taken for the package
                env={**os.environ, **ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def await_ready(self) -> None:
        """Wait until it answers."""
        try:
            self._await_health()
        except BaseException:
            self.stop()  # also when the run is interrupted here
            raise

    def stop(self) -> None:
        """End it and everything that it has started."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(FAREWELL_S)  # it takes its shared memory along
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def asked(self, request: str) -> int:
        """How often it was asked `POST /v1/...` so far, as its log has it."""
        return self._log.read_text(errors="replace").count(f'"{request} ')

    def _command(self) -> list[str]:
        # asked to end it takes its children along; killed it would leave them behind
        python = [*servers._leash("TERM"), str(ROOM / "bin" / "python")]
        server = [*python, "-m", "vllm.entrypoints.openai.api_server", "--enforce-eager"]
        place = ["--host", "127.0.0.1", "--port", str(self.port)]
        model = ["--model", str(TINY / "model"), "--served-model-name", "base"]
        # in full precision the likeliest word does not depend on who else is asking
        shape = ["--dtype", "float32", "--max-model-len", str(CONTEXT)]
        adapters = ["--enable-lora", "--max-loras", "2", "--max-lora-rank", str(RANK)]
        return [*server, *place, *model, *shape, *adapters, "--reasoning-parser", "qwen3"]

    def _await_health(self) -> None:
        until = time.monotonic() + READY_S
        while not self._answers():
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > until:
                last_words = self._log.read_text(errors="replace")[-3000:]
                raise servers.ServerError(f"vLLM did not start: {last_words}")
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.root}/health", trust_env=False).is_success
        except httpx2.TransportError:
            return False
