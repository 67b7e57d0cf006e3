# Names that lead to this instance. The zone of each is a tag of the instance; its role may write these records and no others.
readonly registered=/opt/paco/EC2Manager/LaunchBundles/DNS/registered.txt

# register TAG DOMAIN TTL public-ipv4|local-ipv4
register() {
    local zone address line
    zone=$(ec2lm_instance_tag_value "$1")
    if [[ $zone != Z* ]]; then
        echo "EC2LM: the instance has no tag $1" >&2
        return 1
    fi
    address=$(ec2lm_metadata "meta-data/$4")
    line="$zone $2 $3 $address"
    if ! grep -qsxF "$line" "$registered"; then
        ec2lm_change_record A "$2" "$address" "$zone" "$3" > /dev/null
        echo "$line" >> "$registered"
    fi
}

run_launch_bundle() {
{{names}}
}

# Whoever has the name by now keeps it.
disable_launch_bundle() {
    :
}
