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
    if [[ -f /etc/amazon-linux-release || -f /etc/system-release-cpe ]] && ec2lm_install_package aws-cfn-bootstrap; then
        return 0
    fi
    if command -v apt-get > /dev/null; then
        ec2lm_install_package python3-venv
    fi
    python3 -m venv /opt/paco/cfn
    /opt/paco/cfn/bin/pip install --quiet 'https://s3.amazonaws.com/cloudformation-examples/aws-cfn-bootstrap-py3-latest.tar.gz'
}

run_launch_bundle() {
    local code=0 tools
    if [[ -f $marker && ${EC2LM_ON_LAUNCH:-false} != true && ${1:-} != run ]]; then
        return 0
    fi
    install_cfn_tools
    tools=$(cfn_tools)
    "$tools/cfn-init" -v --stack "$EC2LM_STACK_NAME" --resource LaunchTemplate --region "$REGION" --configsets "$config_sets" || code=$?
{{signal}}
    if (( code == 0 )); then
        tr ',' '\n' <<< "$config_sets" >> "$marker"
    else
        echo "EC2LM: cfn-init failed with $code: see /var/log/cfn-init.log" >&2
    fi
    return "$code"
}

disable_launch_bundle() {
    touch "$marker"
}

# By hand: ./launch.sh run
if [[ ${1:-} == run ]]; then
    run_launch_bundle run
    exit 0
fi
