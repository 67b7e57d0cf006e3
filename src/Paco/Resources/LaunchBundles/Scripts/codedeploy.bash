# CodeDeploy's agent, from the bucket that AWS keeps in the instance's own region.
install_agent() {
    local folder
    local -r bucket="https://aws-codedeploy-$REGION.s3.$REGION.$EC2LM_URL_SUFFIX"
    folder=$(mktemp -d)
    ec2lm_install_wget
    # Version 2 is not in every region; version 1 is everywhere, and needs Ruby.
    if ! wget -q -O "$folder/install" "$bucket/latestv2/install"; then
        command -v ruby > /dev/null || ec2lm_install_package ruby
        wget -q -O "$folder/install" "$bucket/latest/install"
    fi
    chmod 700 "$folder/install"
    ( cd "$folder" && ./install auto )
}

run_launch_bundle() {
    local -r settings=/etc/codedeploy-agent/conf/codedeployagent.yml
    ec2lm_wait_for_codedeploy
    [[ -x $CODEDEPLOY_BIN ]] || install_agent
    # One revision is kept on the disk.
    if [[ -f $settings ]]; then
        sed -i -e '/^:max_revisions:/d' "$settings"
        echo ':max_revisions: 1' >> "$settings"
    fi
    systemctl enable codedeploy-agent
    systemctl restart codedeploy-agent
    touch ./installed
}

# Only what this bundle installed: cfn_init may have brought an agent of its own.
disable_launch_bundle() {
    if [[ -f ./installed ]]; then
        ec2lm_wait_for_codedeploy
        systemctl disable --now codedeploy-agent
        rm -f ./installed
    fi
}
