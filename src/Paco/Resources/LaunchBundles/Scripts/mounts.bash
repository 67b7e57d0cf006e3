# mount_wanted: the lines of "wanted", and no others of earlier runs, are in fstab and mounted.
mount_wanted() {
    local line folder
    forget_mounts
    printf '%s\n' "${wanted[@]}" > "$mounted_file"
    for line in "${wanted[@]}"; do
        folder=$(cut -d' ' -f2 <<< "$line")
        mkdir -p "$folder"
        grep -qxF "$line" /etc/fstab || echo "$line" >> /etc/fstab
        mountpoint -q "$folder" || mount "$folder"
    done
}

# forget_mounts: what an earlier run mounted and nobody wants any more, out of the way and out of fstab.
forget_mounts() {
    local line folder
    [[ -f $mounted_file ]] || return 0
    while read -r line; do
        if (( ${#wanted[@]} > 0 )) && printf '%s\n' "${wanted[@]}" | grep -qxF "$line"; then
            continue
        fi
        folder=$(cut -d' ' -f2 <<< "$line")
        if mountpoint -q "$folder"; then
            umount "$folder"
        fi
        grep -vxF "$line" /etc/fstab > /etc/fstab.paco || true
        cat /etc/fstab.paco > /etc/fstab
        rm -f /etc/fstab.paco
    done < "$mounted_file"
    rm -f "$mounted_file"
}
