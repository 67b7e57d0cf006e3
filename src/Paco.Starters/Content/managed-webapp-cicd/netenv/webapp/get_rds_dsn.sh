# The script below is CloudFormation text: the names in ${…} are filled in when the stack is made.
# Write a variable of the shell without braces, as $name.
!Sub |
  #!/bin/bash
  # Prints the address of the database with user and password. For root only.
  set -euo pipefail

  secret=$(aws secretsmanager get-secret-value \
    --region "${AWS::Region}" \
    --secret-id "${DatabasePasswordarn}" \
    --query SecretString \
    --output text)

  # User and password are percent-encoded: a password may contain characters that mean something in an address.
  jq -r '"mysql+mysqlconnector://\(.username | @uri):\(.password | @uri)@\(.host):\(.port)/saas"' <<< "$secret"
