# CloudWatch's agent, with the configuration that lies beside this script.
readonly agent_home=/opt/aws/amazon-cloudwatch-agent
readonly key_fingerprint=937616F3450B7D806CBD9725D58167303B789C72

install_signed_package() {
    local arch file folder url
    arch=amd64
    [[ $(uname -m) == aarch64 ]] && arch=arm64
    file=amazon-cloudwatch-agent.rpm
    command -v dpkg > /dev/null && file=amazon-cloudwatch-agent.deb
    url="https://amazoncloudwatch-agent-$REGION.s3.$REGION.$EC2LM_URL_SUFFIX"
    folder=$(mktemp -d)
    ec2lm_install_wget
    command -v gpg > /dev/null || ec2lm_install_package gnupg
    wget -q -O "$folder/$file" "$url/{{agent_system}}/$arch/latest/$file"
    wget -q -O "$folder/$file.sig" "$url/{{agent_system}}/$arch/latest/$file.sig"
    wget -q -O "$folder/key.gpg" "$url/assets/amazon-cloudwatch-agent.gpg"
    gpg --homedir "$folder" --quiet --import "$folder/key.gpg"
    if ! gpg --homedir "$folder" --with-colons --fingerprint | grep -q "^fpr:::::::::$key_fingerprint:"; then
        echo "EC2LM: the CloudWatch agent's key is not the one Amazon published" >&2
        return 1
    fi
    gpg --homedir "$folder" --quiet --verify "$folder/$file.sig" "$folder/$file"
    if [[ $file == *.deb ]]; then
        dpkg -i "$folder/$file"
    else
        rpm -U "$folder/$file"
    fi
}

run_launch_bundle() {
    if [[ ! -x $agent_home/bin/amazon-cloudwatch-agent-ctl ]]; then
        # Amazon Linux has it among its own, signed packages.
        if [[ -f /etc/amazon-linux-release || -f /etc/system-release-cpe ]] && ec2lm_install_package amazon-cloudwatch-agent; then
            :
        else
            install_signed_package
        fi
    fi
    "$agent_home/bin/amazon-cloudwatch-agent-ctl" -a fetch-config -m ec2 -s -c "file:$PWD/amazon-cloudwatch-agent.json"
    touch ./installed
}

# Only what this bundle started: somebody may run an agent of their own.
disable_launch_bundle() {
    if [[ -f ./installed ]]; then
        "$agent_home/bin/amazon-cloudwatch-agent-ctl" -a stop
        systemctl disable amazon-cloudwatch-agent
        rm -f ./installed
    fi
}
