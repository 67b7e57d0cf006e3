#!/bin/bash
# What scripts on an instance of {{stack_name}} may use. The user data and every launch bundle source it; so may you:
#   . /opt/paco/EC2Manager/ec2lm_functions.bash
# shellcheck disable=SC2034 # the variables are for the scripts that source this

EC2LM_FOLDER='/opt/paco/EC2Manager/'
EC2LM_BUCKET={{bucket}}
EC2LM_STACK_NAME={{stack_name}}
EC2LM_WAITS={{waits}}
EC2LM_PACO_NETWORK_ENVIRONMENT={{network_environment}}
EC2LM_PACO_ENVIRONMENT={{environment}}
EC2LM_PACO_ENVIRONMENT_REF={{environment_ref}}
CODEDEPLOY_BIN='/opt/codedeploy-agent/bin/codedeploy-agent'
# The user data says what the bundles are; it leaves that here for whoever comes later.
EC2LM_DIGEST=${EC2LM_DIGEST:-$(cat "${EC2LM_FOLDER}digest" 2> /dev/null || true)}

{{common}}
INSTANCE_ID=$(ec2lm_metadata meta-data/instance-id)
AVAIL_ZONE=$(ec2lm_metadata meta-data/placement/availability-zone)
REGION=$(ec2lm_metadata meta-data/placement/region)
EC2LM_URL_SUFFIX=$(ec2lm_metadata meta-data/services/domain)
EC2LM_AWS_ACCOUNT_ID=$(ec2lm_account)
export AWS_DEFAULT_REGION=$REGION

# ec2lm_is SYSTEM…: the system is one of these, as /etc/os-release names them (amzn, ubuntu, debian, rhel, sles).
ec2lm_is() {
    local id name
    id=$(sed -n 's/^ID="\{0,1\}\([a-z.-]*\)"\{0,1\}$/\1/p' /etc/os-release)
    for name in "$@"; do
        [[ $id == "$name" ]] && return 0
    done
    return 1
}

# ec2lm_arch: amd64 or arm64.
ec2lm_arch() {
    if [[ $(uname -m) == aarch64 ]]; then echo arm64; else echo amd64; fi
}

# sed_escape TEXT: the text as sed's replacement takes it literally.
sed_escape() {
    printf '%s' "$1" | sed -e 's/[\/&|\\]/\\&/g'
}

# ec2lm_timeout SECONDS FUNCTION [ARGUMENTS]: calls it once a second. 0 is done, 1 is not yet, anything else gives up.
ec2lm_timeout() {
    local -r limit=$1
    local code waited
    shift
    for (( waited = 0; waited < limit; waited++ )); do
        code=0
        "$@" || code=$?
        if (( code != 1 )); then
            return "$code"
        fi
        sleep 1
    done
    echo "EC2LM: $* was not done after $limit seconds" >&2
    return 1
}

# ec2lm_download URL FILE: also over a line that breaks. 1 when it is not there.
ec2lm_download() {
    curl -sSfL --retry 5 --connect-timeout 10 --max-time 600 -o "$2" "$1"
}

# ec2lm_launch_bundles CACHE_ID [nosync]: runs the bundles that changed since they last ran; all of them for the id "on_launch".
ec2lm_launch_bundles() {
    local -r id=$1 option=${2:-} processed="${EC2LM_FOLDER}ec2lm_cache_id.md5.processed"
    local bundle lock failures=()
    export EC2LM_IGNORE_CACHE=false EC2LM_ON_LAUNCH=false
    if [[ $id == on_launch ]]; then
        EC2LM_IGNORE_CACHE=true
        EC2LM_ON_LAUNCH=true
    elif [[ -f $processed && $(< "$processed") == "$id" ]]; then
        return 0
    fi
    exec {lock}> /var/lock/paco_ec2lm.lock
    if ! flock -n "$lock"; then
        echo 'EC2LM: the launch bundles are running already'
        return 1
    fi
    if [[ $option != nosync ]]; then
        ec2lm_sync_folder || return 1
    fi
    for bundle in {{bundle_names}}; do
        # What a bundle starts must not keep the lock.
        if ! ec2lm_launch_bundle "$bundle" {lock}>&-; then
            # CloudFormation learns of the first failure at once. The others run all the same: the agents among them help to find out why.
            (( ${#failures[@]} == 0 )) && [[ $EC2LM_ON_LAUNCH == true ]] && ec2lm_signal FAILURE
            failures+=("$bundle")
        fi
    done
    exec {lock}>&-
    if (( ${#failures[@]} > 0 )); then
        EC2LM_STEP="launch bundles: ${failures[*]}"
        return 1
    fi
    [[ -f ${EC2LM_FOLDER}ec2lm_cache_id.md5 ]] || printf '%s' "$id" > "${EC2LM_FOLDER}ec2lm_cache_id.md5"
    cp "${EC2LM_FOLDER}ec2lm_cache_id.md5" "$processed"
    EC2LM_STEP='user_data_script'
}

# ec2lm_launch_bundle NAME: one of them. It counts as processed only when it succeeded. What it says is in /var/log/paco/NAME.log.
ec2lm_launch_bundle() {
    local -r name=$1 folder="${EC2LM_FOLDER}LaunchBundles" log="/var/log/paco/$1.log" began=$SECONDS
    local code=0
    [[ -f $folder/$name.tgz ]] || return 0
    if [[ $EC2LM_IGNORE_CACHE != true ]] && cmp -s "$folder/$name.cache_id" "$folder/$name.cache_id.processed"; then
        return 0
    fi
    tar -xzf "$folder/$name.tgz" -C "$folder" --no-same-owner || return 1
    if grep -q "^LAUNCH_BUNDLE_ENABLED='true'" "$folder/$name/launch.sh"; then
        ec2lm_log "$name" 'runs'
    fi
    ( cd "$folder/$name" && timeout --kill-after=30 3600 bash ./launch.sh ) >> "$log" 2>&1 || code=$?
    if (( code != 0 )); then
        ec2lm_log "$name" "failed (exit $code) after $(( SECONDS - began )) s, saying: $(tail -n 1 "$log")"
        return 1
    fi
    cp "$folder/$name.cache_id" "$folder/$name.cache_id.processed"
    if grep -q "^LAUNCH_BUNDLE_ENABLED='true'" "$folder/$name/launch.sh"; then
        ec2lm_log "$name" "done in $(( SECONDS - began )) s"
    fi
}

# ec2lm_instance_tag_value KEY: a tag of this instance.
ec2lm_instance_tag_value() {
    ec2lm_metadata "meta-data/tags/instance/$1" && return 0
    aws ec2 describe-tags --filters "Name=resource-id,Values=$INSTANCE_ID" "Name=key,Values=$1" --query 'Tags[0].Value' --output text
}

# ec2lm_wait_for_codedeploy: waits up to 15 minutes until no deployment runs here.
ec2lm_wait_for_codedeploy() {
    local -r until=$(( SECONDS + 900 ))
    systemctl is-active -q codedeploy-agent || return 0
    while (( SECONDS < until )); do
        # The agent finishes what it deploys before it stops.
        if timeout 10 systemctl stop codedeploy-agent; then
            systemctl start codedeploy-agent
            return 0
        fi
        sleep 1
    done
    echo 'EC2LM: a deployment is still running after 15 minutes' >&2
    return 1
}

# ec2lm_signal_asg_resource SUCCESS|FAILURE: tells CloudFormation, where a creation or update waits for this instance.
ec2lm_signal_asg_resource() {
    local -r outcome=$1
    local state
    if [[ $outcome != SUCCESS && $outcome != FAILURE ]]; then
        echo 'usage: ec2lm_signal_asg_resource SUCCESS|FAILURE' >&2
        return 1
    fi
    state=$(aws cloudformation describe-stacks --stack-name "$EC2LM_STACK_NAME" --query 'Stacks[0].StackStatus' --output text) || return 1
    if [[ $state != *PROGRESS ]]; then
        echo "EC2LM: $EC2LM_STACK_NAME waits for no signal ($state)"
        return 0
    fi
    if [[ $outcome == SUCCESS ]]; then
        ec2lm_wait_for_codedeploy || return 1
        # The load balancers need that long to see that this instance is healthy.
        sleep {{healthy_seconds}}
    fi
    ec2lm_signal "$outcome"
}

# swap_on GB: a swap file of that size, also after a restart.
swap_on() {
    local -r file=/swapfile
    if [[ ! ${1:-} =~ ^[1-9][0-9]*$ ]]; then
        echo 'usage: swap_on GB' >&2
        return 1
    fi
    swapon --show=NAME --noheadings | grep -qx "$file" && return 0
    dd if=/dev/zero of="$file" bs=1M count=$(( $1 * 1024 )) status=none
    chmod 600 "$file"
    mkswap "$file" > /dev/null
    swapon "$file"
    grep -q "^$file " /etc/fstab || echo "$file none swap defaults 0 0" >> /etc/fstab
}

ec2lm_has_package() {
    rpm -q "$1" > /dev/null 2>&1 || [[ $(dpkg-query -W -f '${Status}' "$1" 2> /dev/null) == *' installed' ]]
}

# ec2lm_install_package NAME…: those that are missing, with whatever this system installs packages with.
ec2lm_install_package() {
    local name missing=()
    for name in "$@"; do
        ec2lm_has_package "$name" || missing+=("$name")
    done
    (( ${#missing[@]} > 0 )) || return 0
    if command -v dnf > /dev/null; then
        dnf install -y "${missing[@]}"
    elif command -v yum > /dev/null; then
        yum install -y "${missing[@]}"
    elif command -v apt-get > /dev/null; then
        apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y "${missing[@]}"
    elif command -v zypper > /dev/null; then
        zypper --non-interactive install "${missing[@]}"
    else
        echo 'EC2LM: no package manager known here' >&2
        return 1
    fi
}

# ec2lm_install_file FILE: a package in a file.
ec2lm_install_file() {
    if [[ $1 == *.deb ]]; then
        dpkg -i "$1"
    else
        rpm -U "$1"
    fi
}

# ec2lm_remove_package NAME: nothing when it is not there.
ec2lm_remove_package() {
    ec2lm_has_package "$1" || return 0
    if command -v dpkg > /dev/null; then
        dpkg --purge "$1"
    else
        rpm -e "$1"
    fi
}

ec2lm_install_wget() {
    command -v wget > /dev/null || ec2lm_install_package wget
}

# ec2lm_change_record TYPE DOMAIN VALUE ZONE_ID [TTL]
ec2lm_change_record() {
    aws route53 change-resource-record-sets --hosted-zone-id "$4" --change-batch \
        "{\"Changes\":[{\"Action\":\"UPSERT\",\"ResourceRecordSet\":{\"Name\":\"$2\",\"Type\":\"$1\",\"TTL\":${5:-60},\"ResourceRecords\":[{\"Value\":\"$3\"}]}}]}"
}

# ec2lm_set_dns DOMAIN ZONE_ID: the domain leads to this instance's private address. Its role must be allowed to change that zone.
ec2lm_set_dns() {
    ec2lm_change_record A "$1" "$(ec2lm_metadata meta-data/local-ipv4)" "$2"
}

# ec2lm_set_dns_cname DOMAIN TARGET ZONE_ID
ec2lm_set_dns_cname() {
    ec2lm_change_record CNAME "$1" "$2" "$3"
}
{{secrets}}
EC2LM_ASYNC_JOBS=()
EC2LM_ASYNC_LOGS=()

# ec2lm_async_run COMMAND [ARGUMENTS]: in the background.
ec2lm_async_run() {
    local log
    log=$(mktemp)
    "$@" > "$log" 2>&1 &
    EC2LM_ASYNC_JOBS+=("$!")
    EC2LM_ASYNC_LOGS+=("$log")
}

# ec2lm_async_run_wait: waits for all of them; exits with 255 when one failed, showing what it said.
ec2lm_async_run_wait() {
    local i failed=0
    for i in "${!EC2LM_ASYNC_JOBS[@]}"; do
        if ! wait "${EC2LM_ASYNC_JOBS[$i]}"; then
            failed=1
            cat "${EC2LM_ASYNC_LOGS[$i]}"
        fi
        rm -f "${EC2LM_ASYNC_LOGS[$i]}"
    done
    EC2LM_ASYNC_JOBS=()
    EC2LM_ASYNC_LOGS=()
    if (( failed )); then
        exit 255
    fi
}
