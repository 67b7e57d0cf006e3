# Systems Manager's agent. The images of Amazon Linux, Ubuntu and Windows come with it.
service_of_agent() {
    local service
    for service in amazon-ssm-agent snap.amazon-ssm-agent.amazon-ssm-agent; do
        if systemctl cat "$service" > /dev/null 2>&1; then
            echo "$service"
            return 0
        fi
    done
    return 1
}

install_agent() {
    local folder kind
    if command -v snap > /dev/null; then
        snap install amazon-ssm-agent --classic
        return
    fi
    kind=linux_$(ec2lm_arch)/amazon-ssm-agent.rpm
    command -v dpkg > /dev/null && kind=debian_$(ec2lm_arch)/amazon-ssm-agent.deb
    folder=$(mktemp -d)
    ec2lm_download "https://s3.$REGION.$EC2LM_URL_SUFFIX/amazon-ssm-$REGION/latest/$kind" "$folder/${kind##*/}"
    ec2lm_install_file "$folder/${kind##*/}"
    rm -rf "$folder"
}

run_launch_bundle() {
    local service
    service=$(service_of_agent) || install_agent
    service=$(service_of_agent)
    if ! systemctl is-active -q "$service"; then
        systemctl enable --now "$service"
    fi
}

# Without this option the agent is left as the image has it.
disable_launch_bundle() {
    :
}
