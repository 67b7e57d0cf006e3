# The script below is CloudFormation text: the names in ${…} are filled in when the stack is made.
# Write a variable of the shell without braces, as $name.
!Sub |
  #!/bin/bash
  # Installs the CodeDeploy agent from the bucket that AWS keeps in the instance's own region.
  set -euo pipefail

  bucket="https://aws-codedeploy-${AWS::Region}.s3.${AWS::Region}.${AWS::URLSuffix}"
  folder=$(mktemp -d)
  cd "$folder"

  # Version 2 is not in every region so far; version 1 is, and needs ruby.
  wget -q -O install "$bucket/latestv2/install" || wget -q -O install "$bucket/latest/install"
  chmod 700 install
  ./install auto
