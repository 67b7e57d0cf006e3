# ec2lm_log STEP TEXT: a line of the log that tells how far this instance has come, and the same line where cloud-init keeps its own.
ec2lm_log() {
    local -r step=$1
    shift
    printf '%s  %-16s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$step" "$*" | tee -a /var/log/paco/ec2lm.log
}

# ec2lm_metadata PATH: the instance metadata service, version 2. A fresh token each time: no state, and never stale.
ec2lm_metadata() {
    local -r imds='http://169.254.169.254/latest'
    local token
    token=$(curl -sf --retry 5 --max-time 10 -X PUT "$imds/api/token" -H 'X-aws-ec2-metadata-token-ttl-seconds: 60') || return 1
    curl -sf --retry 5 --max-time 10 -H "X-aws-ec2-metadata-token: $token" "$imds/$1"
}

# ec2lm_account: the account this instance is in, as its identity document says.
ec2lm_account() {
    ec2lm_metadata dynamic/instance-identity/document | sed -n 's/.*"accountId" *: *"\([0-9]*\)".*/\1/p'
}

# ec2lm_verify FOLDER: 0 when the folder holds, byte for byte, what EC2LM_DIGEST was made of. It vouches for the list, the list for the files.
ec2lm_verify() (
    cd "$1" || exit 1
    sha256sum --check --status <<< "$EC2LM_DIGEST  SHA256SUMS" && sha256sum --check --quiet --strict SHA256SUMS
)

# ec2lm_sync_folder: fetches library and bundles from this account's bucket. 1 is not yet; with 2 they are not what they should be,
# and nothing of them is kept.
ec2lm_sync_folder() {
    local account fetched files code=0
    account=$(ec2lm_account) && [[ -n $account ]] || return 1
    fetched=$(mktemp -d)
    aws s3api head-bucket --bucket "$EC2LM_BUCKET" --expected-bucket-owner "$account" > /dev/null \
        && aws s3 cp "s3://$EC2LM_BUCKET/$EC2LM_DIGEST/" "$fetched" --recursive --only-show-errors || code=1
    if (( code == 0 )) && ! ec2lm_verify "$fetched"; then
        code=2
    fi
    if (( code == 0 )); then
        mapfile -t files <<< "$(cut -c67- "$fetched/SHA256SUMS")"
        ( cd "$fetched" && cp --parents SHA256SUMS "${files[@]}" "$EC2LM_FOLDER" ) || code=1
    fi
    rm -rf "$fetched"
    return "$code"
}

# ec2lm_signal SUCCESS|FAILURE: tells CloudFormation, where it waits for this instance, of which it takes the first word only. When it
# does not wait at this moment, that is no failure.
ec2lm_signal() {
    [[ $EC2LM_WAITS == true && ${EC2LM_SIGNALLED:-} == '' ]] || return 0
    if aws cloudformation signal-resource --stack-name "$EC2LM_STACK_NAME" --logical-resource-id ASG \
        --unique-id "$(ec2lm_metadata meta-data/instance-id)" --status "$1"; then
        EC2LM_SIGNALLED=$1
        ec2lm_log signal "$1"
    else
        ec2lm_log signal "$1 was not taken: no creation or update waits for it"
    fi
}
