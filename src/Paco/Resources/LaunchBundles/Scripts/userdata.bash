#!/bin/bash
# {{stack_name}}: what a new instance runs first. Another digest is another launch template, and so new instances.
EC2LM_DIGEST={{digest}}{{metadata}}
EC2LM_BUCKET={{bucket}}
EC2LM_STACK_NAME={{stack_name}}
EC2LM_WAITS={{waits}}
EC2LM_FOLDER='/opt/paco/EC2Manager/'
EC2LM_FUNCTIONS='ec2lm_functions.bash'
export AWS_DEFAULT_REGION={{region}}
mkdir -p "$EC2LM_FOLDER" /var/log/paco

{{common}}
# The last line of the log says how it went, whatever ends this script, and CloudFormation is not left waiting.
ec2lm_end() {
    if (( $1 == 0 )); then
{{success}}        ec2lm_log ready "the instance is set up"
    else
        ec2lm_signal FAILURE
        ec2lm_log failed "$EC2LM_STEP (exit $1)"
    fi
}
EC2LM_STEP='user_data_pre_script'
trap 'ec2lm_end $?' EXIT
ec2lm_log begin "launch bundles ${EC2LM_DIGEST:0:12} of $EC2LM_STACK_NAME"

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
EC2LM_STEP='installing the AWS CLI'
if ! command -v aws > /dev/null; then
    if command -v apt-get > /dev/null; then
        apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y curl unzip
    elif command -v zypper > /dev/null; then
        zypper --non-interactive install curl unzip
    else
        yum install -y unzip
    fi
    curl -sSf --retry 5 -o /tmp/awscli.zip "https://awscli.amazonaws.com/awscli-exe-linux-$(uname -m).zip"
    unzip -q /tmp/awscli.zip -d /tmp && /tmp/aws/install && rm -rf /tmp/aws /tmp/awscli.zip
    ec2lm_log aws-cli installed
fi

# The first tries may fail: the role needs some seconds to be known everywhere.
EC2LM_STEP="fetching the launch bundles from $EC2LM_BUCKET"
set +e
for (( ec2lm_try = 1; ; ec2lm_try++ )); do
    ec2lm_sync_folder
    ec2lm_code=$?
    (( ec2lm_code == 0 )) && break
    if (( ec2lm_code == 2 )); then
        EC2LM_STEP="what is in $EC2LM_BUCKET is not what this user data was made for: nothing of it was run"
        exit 2
    fi
    (( ec2lm_try > 60 )) && exit 1
    sleep 1
done
set -e
printf '%s' "$EC2LM_DIGEST" > "${EC2LM_FOLDER}digest"
ec2lm_log fetched "and verified, at try $ec2lm_try"

EC2LM_STEP='the launch bundles'
# shellcheck source=/dev/null
. "$EC2LM_FOLDER$EC2LM_FUNCTIONS"
ec2lm_launch_bundles on_launch nosync
{{script}}
