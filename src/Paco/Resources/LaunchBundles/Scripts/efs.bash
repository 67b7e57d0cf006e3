# Shared file systems. The id of each is a tag of the instance.
readonly mounted_file=/opt/paco/EC2Manager/LaunchBundles/EFS/mounted.txt

# forget_mounts: takes what an earlier run mounted out of the way, and out of fstab.
forget_mounts() {
    local line folder
    [[ -f $mounted_file ]] || return 0
    while read -r line; do
        folder=$(cut -d' ' -f2 <<< "$line")
        if mountpoint -q "$folder"; then
            umount "$folder"
        fi
    done < "$mounted_file"
    grep -vxFf "$mounted_file" /etc/fstab > /etc/fstab.paco || true
    cat /etc/fstab.paco > /etc/fstab
    rm -f /etc/fstab.paco "$mounted_file"
}

# mount_file_system TAG FOLDER
mount_file_system() {
    local id line
    id=$(ec2lm_instance_tag_value "$1")
    if [[ $id != fs-* ]]; then
        echo "EC2LM: the instance has no tag $1" >&2
        return 1
    fi
    mkdir -p "$2"
    line="$id:/ $2 efs defaults,_netdev,tls 0 0"
    echo "$line" >> "$mounted_file"
    grep -qxF "$line" /etc/fstab || echo "$line" >> /etc/fstab
    mount "$2"
}

run_launch_bundle() {
    ec2lm_install_package amazon-efs-utils
    forget_mounts
{{mounts}}
}

disable_launch_bundle() {
    forget_mounts
}
