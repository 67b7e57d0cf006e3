#!/bin/bash
# {{stack_name}}, launch bundles {{digest}}: another digest is another launch template, and so new instances.
echo "Paco: user data in $0"

ec2lm_pip() {
    local pip
    for pip in pip3 pip2 pip; do
        if command -v "$pip" > /dev/null; then
            "$pip" "$@"
            return
        fi
    done
    echo 'ec2lm_pip: no pip is installed' >&2
    return 1
}
{{pre_script}}{{update_packages}}
if ! command -v aws > /dev/null; then
    if command -v apt-get > /dev/null; then
        apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y curl unzip
    elif command -v zypper > /dev/null; then
        zypper --non-interactive install curl unzip
    else
        yum install -y unzip
    fi
    curl -sSf -o /tmp/awscli.zip "https://awscli.amazonaws.com/awscli-exe-linux-$(uname -m).zip"
    unzip -q /tmp/awscli.zip -d /tmp && /tmp/aws/install && rm -rf /tmp/aws /tmp/awscli.zip
fi

EC2LM_FOLDER='/opt/paco/EC2Manager/'
EC2LM_FUNCTIONS='ec2lm_functions.bash'
mkdir -p "$EC2LM_FOLDER"

# Only this account's bucket is trusted. The first tries may fail: the role needs some seconds to be known everywhere.
ec2lm_fetch() {
    local token account
    token=$(curl -sf -X PUT 'http://169.254.169.254/latest/api/token' -H 'X-aws-ec2-metadata-token-ttl-seconds: 60') || return 1
    account=$(curl -sf -H "X-aws-ec2-metadata-token: $token" 'http://169.254.169.254/latest/dynamic/instance-identity/document' \
        | sed -n 's/.*"accountId" *: *"\([0-9]*\)".*/\1/p')
    aws s3api head-bucket --region {{region}} --bucket {{bucket}} --expected-bucket-owner "$account" > /dev/null \
        && aws s3 sync --region {{region}} --only-show-errors 's3://'{{bucket}}'/' "$EC2LM_FOLDER"
}

set +e
for (( ec2lm_try = 1; ; ec2lm_try++ )); do
    ec2lm_fetch && break
    if (( ec2lm_try > 60 )); then
        echo 'Paco: the launch bundles cannot be fetched from '{{bucket}} >&2
        exit 1
    fi
    sleep 1
done
set -e

# shellcheck source=/dev/null
. "$EC2LM_FOLDER$EC2LM_FUNCTIONS"
mkdir -p /var/log/paco
ec2lm_launch_bundles on_launch nosync
{{script}}
