# CodeDeploy's agent, from the bucket that AWS keeps in the instance's own region.
install_agent() {
    local folder
    local -r bucket="https://aws-codedeploy-$REGION.s3.$REGION.$EC2LM_URL_SUFFIX"
    folder=$(mktemp -d)
    # Version 2 is not in every region; version 1 is everywhere, and needs Ruby.
    if ! ec2lm_download "$bucket/latestv2/install" "$folder/install"; then
        command -v ruby > /dev/null || ec2lm_install_package ruby
        ec2lm_download "$bucket/latest/install" "$folder/install"
    fi
    # Installers before version 2 fetch the rest with wget.
    ec2lm_install_wget
    chmod 700 "$folder/install"
    ( cd "$folder" && ./install auto )
    rm -rf "$folder"
    touch ./installed
}

# One revision is kept on the disk.
keep_one_revision() {
    local -r settings=/etc/codedeploy-agent/conf/codedeployagent.yml
    [[ -f $settings ]] || return 0
    if ! grep -qx ':max_revisions: 1' "$settings"; then
        sed -i -e '/^:max_revisions:/d' "$settings"
        echo ':max_revisions: 1' >> "$settings"
        ec2lm_wait_for_codedeploy
    fi
}

run_launch_bundle() {
    [[ -x $CODEDEPLOY_BIN ]] || install_agent
    keep_one_revision
    if ! systemctl is-active -q codedeploy-agent; then
        systemctl enable --now codedeploy-agent
    fi
}

# Only what this bundle installed: cfn_init may have brought an agent of its own.
disable_launch_bundle() {
    if [[ -f ./installed ]]; then
        ec2lm_wait_for_codedeploy
        systemctl disable --now codedeploy-agent
        ec2lm_remove_package codedeploy-agent
        rm -f ./installed
    fi
}
