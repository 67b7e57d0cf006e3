# Volumes of their own. The id of each is a tag of the instance.
volume_state() {
    aws ec2 describe-volumes --volume-ids "$1" --query 'Volumes[0].Attachments[0].InstanceId' --output text
}

# attach VOLUME DEVICE: again until the instance that had it before has let go.
attach() {
    [[ $(volume_state "$1") == "$INSTANCE_ID" ]] && return 0
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

has_uuid() {
    [[ -n $(blkid -s UUID -o value "$1") ]]
}

# mount_volume TAG DEVICE FOLDER FILESYSTEM
mount_volume() {
    local volume device uuid
    volume=$(ec2lm_instance_tag_value "$1")
    if [[ $volume != vol-* ]]; then
        echo "EC2LM: the instance has no tag $1" >&2
        return 1
    fi
    ec2lm_timeout 300 attach "$volume" "$2"
    ec2lm_timeout 120 device_is_there "$volume" "$2"
    device=$(device_of "$volume" "$2")
    # Only a blank volume is formatted.
    if [[ -z $(lsblk -no FSTYPE "$device") ]]; then
        mkfs -t "$4" "$device"
    fi
    ec2lm_timeout 30 has_uuid "$device"
    uuid=$(blkid -s UUID -o value "$device")
    mkdir -p "$3"
    grep -q "^UUID=$uuid " /etc/fstab || echo "UUID=$uuid $3 $4 defaults,nofail 0 2" >> /etc/fstab
    mountpoint -q "$3" || mount "$3"
}

run_launch_bundle() {
{{mounts}}
}

disable_launch_bundle() {
    :
}
