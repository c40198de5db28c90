"""Exit code 0 when the address given answers 200: the health check of the web container, which has no curl."""

import sys
import urllib.error
import urllib.request


def main(address: str) -> int:
    request = urllib.request.Request(address, headers={"X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(request, timeout=8) as answer:
            return 0 if answer.status == 200 else 1
    except urllib.error.URLError as error:
        print(error)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
