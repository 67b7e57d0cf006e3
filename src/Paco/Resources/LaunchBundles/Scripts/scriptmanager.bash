# Scripts for container images and services.
run_launch_bundle() {
    :
}

disable_launch_bundle() {
    :
}
