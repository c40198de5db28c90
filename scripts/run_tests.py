"""``make test``: the suite on SQLite, and again on PostgreSQL and Redis with a real worker.

The services are those of DATABASE_URL and REDIS_URL, or throw-away ones when their programs are on this machine. With
MONITOR_REQUIRE_SERVICES=1 it is a failure when there are none. Arguments are handed to pytest.
"""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from throwaway_services import services

ROOT = Path(__file__).resolve().parent.parent


def pytest(title: str, arguments: list[str], environment: dict[str, str]) -> int:
    print(f"\n=== Tests op {title} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-q", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode


def main() -> int:
    arguments = sys.argv[1:]
    required = os.environ.get("MONITOR_REQUIRE_SERVICES") == "1"
    plain = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    failed = pytest("SQLite", ["-m", "not services and not bench", *arguments], plain) != 0
    with contextlib.ExitStack() as stack:
        given = stack.enter_context(services())
        if given is None:
            print("\nPostgreSQL en Redis zijn er niet: de tests daarmee zijn overgeslagen.", flush=True)
            return 1 if failed or required else 0
        environment = plain | given | {"SECRET_KEY": "alleen-voor-de-tests", "MONITOR_REQUIRE_SERVICES": "1"}
        failed |= pytest("PostgreSQL en Redis", ["-m", "not bench and not embedded", *arguments], environment) != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
