using System.Collections.Immutable;

namespace Paco.Resources.LaunchBundles;

/// <summary>
/// The system of a machine image, as <c>instance_ami_type</c> names it (<c>ubuntu_22</c> is Ubuntu): what differs between them and
/// what works on each. Everything else the scripts find out where they run.
/// </summary>
/// <param name="Name">The word before <c>_</c>.</param>
/// <param name="DefaultUser">Who people log in as.</param>
/// <param name="AgentFolder">The folder of the CloudWatch agent's packages in Amazon's buckets.</param>
/// <param name="GpgPackage">What brings <c>gpg</c>.</param>
/// <param name="EfsPackages">What mounts file systems of EFS: Amazon's own on its own system, NFS and stunnel elsewhere.</param>
/// <param name="DockerPackage">What brings the command <c>docker</c>.</param>
/// <param name="Missing">Bundles that do not work on it.</param>
internal sealed record InstanceSystem(string Name, string DefaultUser, string AgentFolder, string GpgPackage, string EfsPackages,
    string DockerPackage, ImmutableArray<string> Missing)
{
    private static readonly ImmutableArray<string> WindowsLacks = ["EIP", "DNS", "EFS", "EBS", "SSHAccess", "ECS", "ScriptManager"];

    private static readonly InstanceSystem[] All =
    [
        new("amazon", "ec2-user", "amazon_linux", "gnupg2", "amazon-efs-utils", "docker", []),
        new("redhat", "ec2-user", "redhat", "gnupg2", "nfs-utils stunnel", "podman-docker", ["ECS"]),
        new("centos", "centos", "centos", "gnupg2", "nfs-utils stunnel", "podman-docker", ["ECS"]),
        new("rocky", "rocky", "redhat", "gnupg2", "nfs-utils stunnel", "podman-docker", ["ECS"]),
        new("alma", "ec2-user", "redhat", "gnupg2", "nfs-utils stunnel", "podman-docker", ["ECS"]),
        new("suse", "ec2-user", "suse", "gpg2", "nfs-client stunnel", "docker", ["ECS", "CodeDeploy"]),
        new("ubuntu", "ubuntu", "ubuntu", "gnupg", "nfs-common stunnel4", "docker.io", ["ECS"]),
        new("debian", "admin", "debian", "gnupg", "nfs-common stunnel4", "docker.io", ["ECS", "CodeDeploy"]),
        new("windows", "", "windows", "", "", "", WindowsLacks),
        new("microsoft", "", "windows", "", "", "", WindowsLacks),
    ];

    public static IEnumerable<string> Names => All.Select(s => s.Name).Append("amazon_ecs");

    public bool IsWindows => Name is "windows" or "microsoft";

    /// <summary>The system an image type names, or null.</summary>
    public static InstanceSystem? Of(string amiType) => All.FirstOrDefault(s => s.Name == amiType.Split('_')[0]);

    public bool Has(string bundle) => !Missing.Contains(bundle);
}
