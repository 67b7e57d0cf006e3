# Public keys of the people who may log in as {{default_user}}. What stands above the marker is left alone.
readonly keys_file=/home/{{default_user}}/.ssh/authorized_keys
readonly marker='# Written by Paco: everything below is replaced'

cut_keys() {
    [[ -f $keys_file ]] || return 0
    sed -i -e "/^$marker\$/,\$d" "$keys_file"
}

run_launch_bundle() {
    install -d -m 700 -o {{default_user}} "${keys_file%/*}"
    cut_keys
    {
        echo "$marker"
        cat ./authorized_keys
    } >> "$keys_file"
    chown {{default_user}} "$keys_file"
    chmod 600 "$keys_file"
}

disable_launch_bundle() {
    cut_keys
}
