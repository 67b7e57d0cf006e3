# The container agent of an ECS cluster's instance. The cluster's name is a tag of the instance.
readonly settings=/etc/ecs/ecs.config

run_launch_bundle() {
    local cluster wanted
    cluster=$(ec2lm_instance_tag_value Paco-ECSCluster-Name)
    printf -v wanted 'ECS_CLUSTER=%s\nECS_LOGLEVEL=%s' "$cluster" {{log_level}}
    if [[ -f ./installed && -f $settings && $(< "$settings") == "$wanted" ]]; then
        return 0
    fi
    mkdir -p "${settings%/*}"
    echo "$wanted" > "$settings"
    if [[ ${EC2LM_ON_LAUNCH:-false} == true ]]; then
        ec2lm_install_package ecs-init
        systemctl restart docker
        # The agent waits for the end of the user data, which waits for this: do not wait here.
        systemctl enable --now --no-block ecs
    else
        systemctl restart ecs
    fi
    touch ./installed
}

disable_launch_bundle() {
    if [[ -f ./installed ]]; then
        systemctl disable --now ecs
        rm -f "$settings" ./installed
    fi
}
