# Scripts that people and pipelines run on the instance.
readonly folder=/usr/local/bin
readonly scripts=({{scripts}})

run_launch_bundle() {
    local script
    disable_launch_bundle
{{docker}}    mkdir -p "$folder"
    for script in "${scripts[@]}"; do
        cp "$script.sh" "$folder/$script"
        chmod 755 "$folder/$script"
    done
}

disable_launch_bundle() {
    rm -f "$folder"/paco-ecr-deploy-*
}
