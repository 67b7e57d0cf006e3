# CloudWatch's agent, with the configuration that lies beside this script.
readonly agent_home=/opt/aws/amazon-cloudwatch-agent
readonly running=$agent_home/etc/paco-configuration.json
readonly key_fingerprint=937616F3450B7D806CBD9725D58167303B789C72
# The first one that reads systemd's journal.
readonly journald_version=1.300070

agent_is_new_enough() {
    [[ -x $agent_home/bin/amazon-cloudwatch-agent-ctl ]] || return 1
    grep -q '"journald"' ./amazon-cloudwatch-agent.json || return 0
    printf '%s\n' "$journald_version" "$(< "$agent_home/bin/CWAGENT_VERSION")" | sort --version-sort --check=quiet
}

# The newest, from the bucket Amazon keeps in this region; only when Amazon's own key signed this very file.
install_from_bucket() {
    local folder file url
    file=amazon-cloudwatch-agent.rpm
    command -v dpkg > /dev/null && file=amazon-cloudwatch-agent.deb
    url="https://amazoncloudwatch-agent-$REGION.s3.$REGION.$EC2LM_URL_SUFFIX"
    folder=$(mktemp -d)
    if ! command -v gpg > /dev/null; then
        ec2lm_install_package {{gpg_package}}
    fi
    ec2lm_download "$url/{{agent_system}}/$(ec2lm_arch)/latest/$file" "$folder/$file"
    ec2lm_download "$url/{{agent_system}}/$(ec2lm_arch)/latest/$file.sig" "$folder/$file.sig"
    ec2lm_download "$url/assets/amazon-cloudwatch-agent.gpg" "$folder/key.gpg"
    gpg --homedir "$folder" --quiet --import "$folder/key.gpg"
    if ! gpg --homedir "$folder" --status-fd 1 --verify "$folder/$file.sig" "$folder/$file" | grep -q "^\[GNUPG:\] VALIDSIG .*$key_fingerprint"; then
        echo "EC2LM: $file is not signed with the key Amazon published" >&2
        return 1
    fi
    ec2lm_install_file "$folder/$file"
    rm -rf "$folder"
}

# Amazon Linux has it among its own, signed packages; they may lag behind.
install_agent() {
    if ec2lm_is amzn; then
        ec2lm_install_package amazon-cloudwatch-agent
        agent_is_new_enough && return 0
    fi
    install_from_bucket
}

run_launch_bundle() {
    agent_is_new_enough || install_agent
    touch ./installed
    if cmp -s ./amazon-cloudwatch-agent.json "$running" && systemctl is-active -q amazon-cloudwatch-agent; then
        return 0
    fi
    # The agent checks the file before it takes it.
    if ! "$agent_home/bin/amazon-cloudwatch-agent-ctl" -a fetch-config -m ec2 -s -c "file:$PWD/amazon-cloudwatch-agent.json" \
        || ! systemctl is-active -q amazon-cloudwatch-agent; then
        echo "EC2LM: the agent did not take its configuration: see $agent_home/logs" >&2
        return 1
    fi
    cp ./amazon-cloudwatch-agent.json "$running"
}

# Only what this bundle started: somebody may run an agent of their own.
disable_launch_bundle() {
    if [[ -f ./installed ]]; then
        "$agent_home/bin/amazon-cloudwatch-agent-ctl" -a stop
        ec2lm_remove_package amazon-cloudwatch-agent
        rm -f ./installed "$running"
    fi
}
