# Volumes of their own. The id of each is a tag of the instance.
readonly mounted_file=/opt/paco/EC2Manager/LaunchBundles/EBS/mounted.txt
wanted=()

# attach VOLUME DEVICE: again until the instance that had it before has let go.
attach() {
    local holder
    holder=$(aws ec2 describe-volumes --volume-ids "$1" --query 'Volumes[0].Attachments[0].InstanceId' --output text) || return 1
    [[ $holder == "$INSTANCE_ID" ]] && return 0
    aws ec2 attach-volume --volume-id "$1" --instance-id "$INSTANCE_ID" --device "$2" > /dev/null || return 1
}

# device_of VOLUME DEVICE: where the volume really is; instances of today show it as an NVMe disk with its id as serial number.
device_of() {
    local -r nvme="/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${1/-/}"
    if [[ -e $nvme ]]; then
        readlink -f "$nvme"
    elif [[ -b $2 ]]; then
        readlink -f "$2"
    elif [[ -b ${2/\/sd//xvd} ]]; then
        readlink -f "${2/\/sd//xvd}"
    else
        return 1
    fi
}

device_is_there() {
    device_of "$1" "$2" > /dev/null
}

# filesystem_of DEVICE: asked of the disk itself, not of what udev remembers.
filesystem_of() {
    blkid -p -s TYPE -o value "$1" || true
}

# A new volume reads as zeros. What is neither blank nor a known file system is somebody's data.
is_blank() {
    [[ -z $(blkid -p -o value "$1" || true) && -z $(head -c 1048576 "$1" | tr -d '\0' | head -c 1) ]]
}

make_filesystem() {
    [[ $2 != xfs ]] || command -v mkfs.xfs > /dev/null || ec2lm_install_package xfsprogs
    mkfs -t "$2" "$1"
}

has_uuid() {
    [[ -n $(blkid -p -s UUID -o value "$1" || true) ]]
}

# want_volume TAG DEVICE FOLDER FILESYSTEM
want_volume() {
    local volume device uuid
    volume=$(ec2lm_instance_tag_value "$1")
    if [[ $volume != vol-* ]]; then
        echo "EC2LM: the instance has no tag $1" >&2
        return 1
    fi
    ec2lm_timeout 300 attach "$volume" "$2"
    ec2lm_timeout 120 device_is_there "$volume" "$2"
    device=$(device_of "$volume" "$2")
    if [[ -z $(filesystem_of "$device") ]]; then
        if ! is_blank "$device"; then
            echo "EC2LM: $volume holds data, but no file system: it is left as it is" >&2
            return 1
        fi
        make_filesystem "$device" "$4"
    fi
    ec2lm_timeout 30 has_uuid "$device"
    uuid=$(blkid -p -s UUID -o value "$device")
    # The file system that is there counts, also when the configuration has another one by now.
    wanted+=("UUID=$uuid $3 $(filesystem_of "$device") defaults,nofail 0 2")
}

{{mounting}}
run_launch_bundle() {
{{mounts}}
    mount_wanted
}

disable_launch_bundle() {
    forget_mounts
}
