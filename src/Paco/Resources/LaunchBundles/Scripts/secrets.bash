
# ec2lm_get_secret ID: a secret's value. The instance may read the secrets that its ASG lists.
ec2lm_get_secret() {
    aws secretsmanager get-secret-value --secret-id "$1" --query SecretString --output text
}

# ec2lm_replace_text_in_file PATTERN VALUE FILE
ec2lm_replace_text_in_file() {
    sed -i -e "s|$1|$(sed_escape "$2")|g" "$3"
}

# ec2lm_replace_secret_in_file ID PATTERN FILE: file and pattern may change places.
ec2lm_replace_secret_in_file() {
    local value
    value=$(ec2lm_get_secret "$1") || return 1
    if [[ -f $2 && ! -f $3 ]]; then
        ec2lm_replace_text_in_file "$3" "$value" "$2"
    else
        ec2lm_replace_text_in_file "$2" "$value" "$3"
    fi
}

# ec2lm_replace_secret_in_file_from_json ID PATTERN FILE KEY: one value of a secret that is a JSON object.
ec2lm_replace_secret_in_file_from_json() {
    local value
    command -v jq > /dev/null || ec2lm_install_package jq
    value=$(ec2lm_get_secret "$1" | jq -r --arg key "$4" '.[$key]') || return 1
    ec2lm_replace_text_in_file "$2" "$value" "$3"
}

