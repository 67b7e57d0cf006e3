# The container agent of an ECS cluster's instance. The cluster's name is a tag of the instance.
run_launch_bundle() {
    local cluster
    cluster=$(ec2lm_instance_tag_value Paco-ECSCluster-Name)
    mkdir -p /etc/ecs
    printf 'ECS_CLUSTER=%s\nECS_LOGLEVEL=%s\n' "$cluster" {{log_level}} > /etc/ecs/ecs.config
    touch ./installed
    if [[ ${EC2LM_ON_LAUNCH:-false} == true ]]; then
        ec2lm_install_package ecs-init
        systemctl restart docker
        # The agent waits for the end of the user data, which waits for this: do not wait here.
        systemctl enable --now --no-block ecs
    else
        systemctl restart ecs
    fi
}

disable_launch_bundle() {
    if [[ -f ./installed ]]; then
        rm -f /etc/ecs/ecs.config ./installed
    fi
}
