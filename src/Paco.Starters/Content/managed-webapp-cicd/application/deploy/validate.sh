#!/bin/bash
# The application answers on this server, before the load balancer sends anybody here.
set -euo pipefail
curl --fail --silent --show-error --retry 5 --retry-delay 2 --retry-all-errors --max-time 10 http://localhost/
