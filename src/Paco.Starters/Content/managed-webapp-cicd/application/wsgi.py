"""The application that Apache serves: one page that says which version is running."""
import sys
from pathlib import Path

HERE = Path(__file__).parent
# What buildspec.yaml installed.
sys.path.insert(0, str(HERE / "vendor"))


def environment():
    """What the build was for: the branch, as buildspec.yaml wrote it down."""
    written = HERE / "environment.txt"
    return written.read_text().strip() if written.exists() else "this computer"


def application(environ, start_response):
    """Answers a request, as WSGI wants it."""
    if environ.get("PATH_INFO", "/") != "/":
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"not found\n"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"It works: deployed from {environment()}\n".encode()]
