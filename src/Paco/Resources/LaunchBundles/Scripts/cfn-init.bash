# Configuration sets: what cfn_init says is done here.
readonly marker=/opt/paco/EC2Manager/LaunchBundles/cfn-init/initialized-configsets.txt
readonly config_sets={{config_sets}}

cfn_tools() {
    if [[ -x /opt/aws/bin/cfn-init ]]; then
        echo /opt/aws/bin
    else
        echo /opt/paco/cfn/bin
    fi
}

install_cfn_tools() {
    if [[ -x $(cfn_tools)/cfn-init ]]; then
        return 0
    fi
    if ec2lm_is amzn; then
        ec2lm_install_package aws-cfn-bootstrap
        return
    fi
    # Debian keeps venv in a package of its own.
    if command -v apt-get > /dev/null; then
        ec2lm_install_package python3 python3-venv
    else
        ec2lm_install_package python3
    fi
    python3 -m venv /opt/paco/cfn
    /opt/paco/cfn/bin/pip install --quiet 'https://s3.amazonaws.com/cloudformation-examples/aws-cfn-bootstrap-py3-latest.tar.gz'
}

# The marker tells which instance ran them: an image that was made of it starts anew.
run_launch_bundle() {
    local code=0
    if [[ ${1:-} != run ]] && grep -qsx "$INSTANCE_ID $config_sets" "$marker"; then
        return 0
    fi
    install_cfn_tools
    "$(cfn_tools)/cfn-init" -v --stack "$EC2LM_STACK_NAME" --resource LaunchTemplate --region "$REGION" --configsets "$config_sets" || code=$?
    if (( code == 0 )); then
        echo "$INSTANCE_ID $config_sets" > "$marker"
    else
        echo "EC2LM: cfn-init failed with $code: see /var/log/cfn-init.log" >&2
    fi
    return "$code"
}

disable_launch_bundle() {
    :
}

# By hand: ./launch.sh run
if [[ ${1:-} == run ]]; then
    run_launch_bundle run
    exit 0
fi
