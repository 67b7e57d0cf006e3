# Shared file systems, encrypted on their way. The id of each is a tag of the instance.
readonly mounted_file=/opt/paco/EC2Manager/LaunchBundles/EFS/mounted.txt
wanted=()

# The lines of fstab that are wanted; each begins with what it mounts and where.
want_file_system() {
    local id
    id=$(ec2lm_instance_tag_value "$1")
    if [[ $id != fs-* ]]; then
        echo "EC2LM: the instance has no tag $1" >&2
        return 1
    fi
    if ec2lm_is amzn; then
        wanted+=("$id:/ $2 efs defaults,_netdev,tls 0 0")
    else
        want_tunnel "$id" "$2"
    fi
}

# Amazon's mount helper is packaged for Amazon Linux only. What it does, stunnel and NFS do on every other system: a port of this
# machine that leads to the file system, once its certificate was checked.
want_tunnel() {
    local -r port=$(( 20049 + ${#wanted[@]} )) host="$1.efs.$REGION.$EC2LM_URL_SUFFIX" unit="paco-efs-$1.service"
    local authorities
    for authorities in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem; do
        [[ -f $authorities ]] && break
    done
    mkdir -p /etc/paco/efs
    write_file "/etc/paco/efs/$1.conf" "foreground = yes
client = yes
sslVersion = TLSv1.2
[efs]
accept = 127.0.0.1:$port
connect = $host:2049
CAfile = $authorities
verifyChain = yes
checkHost = $host
delay = yes"
    write_file "/etc/systemd/system/$unit" "[Unit]
Description=Encrypted way to the file system $1
Wants=network-online.target
After=network-online.target
Before=remote-fs-pre.target
[Service]
ExecStart=$(command -v stunnel) /etc/paco/efs/$1.conf
Restart=always
RestartSec=5
[Install]
WantedBy=multi-user.target"
    if ! systemctl is-active -q "$unit"; then
        systemctl daemon-reload
        systemctl enable --now "$unit"
    fi
    wanted+=("127.0.0.1:/ $2 nfs4 nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport,port=$port,_netdev,x-systemd.requires=$unit 0 0")
}

write_file() {
    [[ -f $1 && $(< "$1") == "$2" ]] || echo "$2" > "$1"
}

{{mounting}}
stop_tunnels() {
    local unit
    for unit in /etc/systemd/system/paco-efs-*.service; do
        [[ -f $unit ]] || continue
        systemctl disable --now "${unit##*/}"
        rm -f "$unit"
    done
    rm -rf /etc/paco/efs
}

run_launch_bundle() {
    ec2lm_install_package {{packages}}
{{mounts}}
    mount_wanted
}

disable_launch_bundle() {
    forget_mounts
    stop_tunnels
}
