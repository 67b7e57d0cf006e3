if command -v dnf > /dev/null && [[ -f /etc/amazon-linux-release ]]; then
    dnf upgrade -y --releasever=latest
elif command -v yum > /dev/null; then
    yum update -y
elif command -v apt-get > /dev/null; then
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confnew -y dist-upgrade
elif command -v zypper > /dev/null; then
    zypper --non-interactive update
fi
