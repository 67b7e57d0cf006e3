#!/bin/bash
# Makes a router of this instance: what comes from the private segments goes out with this instance's address. It runs at every start
# and does the same each time. What it did is in /var/log/paco-nat.log.
set -uo pipefail

exec > >(tee -a /var/log/paco-nat.log) 2>&1

say() { echo "$(date -u +%FT%TZ) nat: $*"; }

# The public address comes only once the instance runs, so the first attempts may find no network.
install_iptables() {
    rpm -q iptables-services && return 0
    for attempt in {1..60}; do
        dnf install -y iptables-services && return 0
        say "attempt $attempt to install iptables-services failed; the next one follows in 5 seconds"
        sleep 5
    done
    return 1
}

outer_interface() { ip -o -4 route show to default | awk '{ print $5; exit }'; }

# The whole of the rules: the service loads them at the next start before there is a network.
write_rules() {
    cat > /etc/sysconfig/iptables <<RULES
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A POSTROUTING -o $1 -j MASQUERADE
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
COMMIT
RULES
}

# Packets are passed on only where there are rules: one that is not masqueraded must not get out.
forward() {
    echo 'net.ipv4.ip_forward = 1' > /etc/sysctl.d/90-paco-nat.conf
    sysctl -p /etc/sysctl.d/90-paco-nat.conf
}

say "setting up this instance as a router"
if ! install_iptables; then
    say "iptables-services could not be installed: is there a way to the internet, and does the security group let it out?"
    exit 1
fi
interface="$(outer_interface)"
if [ -z "$interface" ]; then
    say "there is no default route: nothing to send packets out through"
    exit 1
fi
write_rules "$interface"
if ! { systemctl enable iptables && systemctl restart iptables; }; then
    say "the rules could not be loaded, so nothing is passed on"
    exit 1
fi
forward
say "packets go out through $interface with its address"
