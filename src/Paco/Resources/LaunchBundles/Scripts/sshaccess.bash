# Public keys of the people who may log in as {{default_user}}. What stands above the marker is left alone.
readonly keys_file=/home/{{default_user}}/.ssh/authorized_keys
readonly marker='# Written by Paco: everything below is replaced'

# keep_keys [FILE]: the keys above the marker stay; below it stand those of the file, where there is one.
keep_keys() {
    local wanted
    wanted=$(mktemp)
    [[ ! -f $keys_file ]] || sed -e "/^$marker\$/,\$d" "$keys_file" > "$wanted"
    (( $# == 0 )) || { echo "$marker"; cat "$1"; } >> "$wanted"
    cmp -s "$wanted" "$keys_file" || cat "$wanted" > "$keys_file"
    rm -f "$wanted"
}

run_launch_bundle() {
    if [[ ! -f $keys_file ]]; then
        mkdir -p "${keys_file%/*}"
        touch "$keys_file"
        chmod 700 "${keys_file%/*}"
        chmod 600 "$keys_file"
        chown -R {{default_user}}: "${keys_file%/*}"
    fi
    keep_keys ./authorized_keys
}

disable_launch_bundle() {
    [[ ! -f $keys_file ]] || keep_keys
}
