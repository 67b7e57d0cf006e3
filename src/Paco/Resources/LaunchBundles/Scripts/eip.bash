# The fixed public address. Its allocation id is a tag of the instance.
readonly association_file=/opt/paco/EC2Manager/LaunchBundles/EIP/eip-association-id.txt

has_address() {
    [[ $(ec2lm_metadata meta-data/public-ipv4 || true) == "$1" ]]
}

run_launch_bundle() {
    local allocation found address holder association
    allocation=$(ec2lm_instance_tag_value Paco-EIP-Allocation-Id)
    if [[ $allocation != eipalloc-* ]]; then
        echo 'EC2LM: the instance has no tag Paco-EIP-Allocation-Id' >&2
        return 1
    fi
    found=$(aws ec2 describe-addresses --allocation-ids "$allocation" \
        --query 'Addresses[0].[PublicIp,InstanceId,AssociationId]' --output text)
    read -r address holder association <<< "$found"
    if [[ $holder != "$INSTANCE_ID" ]]; then
        # The instance before this one may still have it.
        association=$(aws ec2 associate-address --allocation-id "$allocation" --instance-id "$INSTANCE_ID" --allow-reassociation \
            --query AssociationId --output text)
    fi
    echo "$association" > "$association_file"
    if ! ec2lm_timeout 300 has_address "$address" 2> /dev/null; then
        echo "EC2LM: $address was associated, but did not arrive in 5 minutes" >&2
        return 1
    fi
}

# Somebody else may have taken the address since: then there is nothing to let go.
disable_launch_bundle() {
    if [[ -f $association_file ]]; then
        aws ec2 disassociate-address --association-id "$(< "$association_file")" || true
        rm -f "$association_file"
    fi
}
