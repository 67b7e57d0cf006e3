#!/bin/bash
# Gives images of container repositories the tags that deployments look for. From a repository to another they are copied by Docker, which
# takes what is for this instance's processor; within one, the image itself gets the tag.
set -euo pipefail
# shellcheck source=/dev/null
. /opt/paco/EC2Manager/ec2lm_functions.bash

# repository TAG: where a repository is, as a tag of this instance says: ACCOUNT.dkr.ecr.REGION.DOMAIN/NAME.
repository() {
    local uri
    uri=$(ec2lm_instance_tag_value "$1")
    if [[ $uri != *.dkr.ecr.*/* ]]; then
        echo "EC2LM: the instance has no tag $1 that names a repository" >&2
        return 1
    fi
    echo "$uri"
}

# region URI: the region of its registry.
region() {
    local host=${1#*.dkr.ecr.}
    echo "${host%%.*}"
}

# ecr URI OPERATION [ARGUMENTS]: asks the registry about a repository.
ecr() {
    local -r uri=$1 operation=$2
    shift 2
    aws ecr "$operation" --registry-id "${uri%%.*}" --region "$(region "$uri")" --repository-name "${uri#*/}" "$@"
}

# image URI TAG MEMBER: what is known of an image; None where there is none.
image() {
    ecr "$1" batch-get-image --image-ids "imageTag=$2" --query "images[0].$3" --output text
}

# sign_in URI: Docker may use its registry, as long as this script runs.
sign_in() {
    local password
    password=$(aws ecr get-login-password --region "$(region "$1")")
    docker login --username AWS --password-stdin "${1%%/*}" <<< "$password" > /dev/null
}

# copy SOURCE:TAG TARGET:TAG
copy() {
    sign_in "$1"
    sign_in "$2"
    docker pull --quiet "$1" > /dev/null
    docker tag "$1" "$2"
    docker push --quiet "$2" > /dev/null
}

# retag REPOSITORY DIGEST SOURCE_TAG TARGET_TAG
retag() {
    local manifest type
    manifest=$(image "$1" "$3" imageManifest)
    type=$(image "$1" "$3" imageManifestMediaType)
    ecr "$1" put-image --image-tag "$4" --image-manifest "$manifest" --image-manifest-media-type "$type" --image-digest "$2" > /dev/null
}

# deploy SOURCE SOURCE_TAG TARGET TARGET_TAG: repositories by the tags of this instance that name them.
deploy() {
    local source target digest
    source=$(repository "$1")
    target=$(repository "$3")
    digest=$(image "$source" "$2" imageId.imageDigest)
    if [[ $digest == None ]]; then
        echo "EC2LM: there is no image $source:$2" >&2
        return 1
    fi
    if [[ $(image "$target" "$4" imageId.imageDigest) == "$digest" ]]; then
        echo "$target:$4 is $source:$2 already"
        return 0
    fi
    if [[ $source == "$target" ]]; then
        retag "$target" "$digest" "$2" "$4"
    else
        copy "$source:$2" "$target:$4"
    fi
    echo "$target:$4 is $source:$2 now"
}

DOCKER_CONFIG=$(mktemp -d)
export DOCKER_CONFIG
trap 'rm -rf "$DOCKER_CONFIG"' EXIT

{{deploys}}
