# Systems Manager's agent. Amazon Linux and Ubuntu come with it.
agent_is_installed() {
    rpm -q amazon-ssm-agent > /dev/null 2>&1 \
        || dpkg-query -W amazon-ssm-agent > /dev/null 2>&1 \
        || snap list amazon-ssm-agent > /dev/null 2>&1
}

run_launch_bundle() {
    local arch kind folder
    if agent_is_installed; then
        return 0
    fi
    arch=amd64
    [[ $(uname -m) == aarch64 ]] && arch=arm64
    kind=linux_$arch/amazon-ssm-agent.rpm
    command -v dpkg > /dev/null && kind=debian_$arch/amazon-ssm-agent.deb
    folder=$(mktemp -d)
    ec2lm_install_wget
    wget -q -O "$folder/${kind##*/}" "https://s3.$REGION.$EC2LM_URL_SUFFIX/amazon-ssm-$REGION/latest/$kind"
    if [[ $kind == *.deb ]]; then
        dpkg -i "$folder/${kind##*/}"
    else
        rpm -U "$folder/${kind##*/}"
    fi
    systemctl enable --now amazon-ssm-agent
}

disable_launch_bundle() {
    :
}
