#!/bin/bash
# Apache takes the new files: requests that are being answered are finished first.
set -euo pipefail
systemctl reload-or-restart httpd
