#!/bin/bash
set -euo pipefail
# shellcheck source=/dev/null
. /opt/paco/EC2Manager/ec2lm_functions.bash

