# The fixed public address. Its allocation id is a tag of the instance.
readonly association_file=/opt/paco/EC2Manager/LaunchBundles/EIP/eip-association-id.txt

has_address() {
    [[ $(ec2lm_metadata meta-data/public-ipv4 || true) == "$1" ]]
}

run_launch_bundle() {
    local allocation address
    allocation=$(ec2lm_instance_tag_value Paco-EIP-Allocation-Id)
    if [[ $allocation != eipalloc-* ]]; then
        echo "EC2LM: the instance has no tag Paco-EIP-Allocation-Id" >&2
        return 1
    fi
    address=$(aws ec2 describe-addresses --allocation-ids "$allocation" --query 'Addresses[0].PublicIp' --output text)
    aws ec2 associate-address --allocation-id "$allocation" --instance-id "$INSTANCE_ID" --allow-reassociation \
        --query AssociationId --output text > "$association_file"
    ec2lm_timeout 300 has_address "$address"
}

disable_launch_bundle() {
    if [[ -f $association_file ]]; then
        aws ec2 disassociate-address --association-id "$(< "$association_file")"
        rm -f "$association_file"
    fi
}
