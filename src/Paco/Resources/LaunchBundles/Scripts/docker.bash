    if ! command -v docker > /dev/null; then
        ec2lm_install_package {{docker_package}}
        # What stands in for Docker on some systems has no service.
        if systemctl cat docker > /dev/null 2>&1; then
            systemctl enable --now docker
        fi
    fi
