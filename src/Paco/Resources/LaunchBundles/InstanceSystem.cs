using System.Collections.Immutable;

namespace Paco.Resources.LaunchBundles;

/// <summary>
/// The system of a machine image, as <c>instance_ami_type</c> names it (<c>ubuntu_22</c> is Ubuntu): what differs between them and
/// what works on each. Everything else the scripts find out where they run.
/// </summary>
/// <param name="Name">The word before <c>_</c>.</param>
/// <param name="DefaultUser">Who people log in as.</param>
/// <param name="AgentFolder">The folder of the CloudWatch agent's packages.</param>
/// <param name="Missing">Bundles that do not work on it.</param>
internal sealed record InstanceSystem(string Name, string DefaultUser, string AgentFolder, ImmutableArray<string> Missing)
{
    private static readonly InstanceSystem[] All =
    [
        new("amazon", "ec2-user", "amazon_linux", []),
        new("redhat", "ec2-user", "redhat", ["EFS", "ECS"]),
        new("centos", "centos", "centos", ["EFS", "ECS"]),
        new("suse", "ec2-user", "suse", ["EFS", "ECS", "CodeDeploy"]),
        new("ubuntu", "ubuntu", "ubuntu", ["EFS", "ECS"]),
        new("debian", "admin", "debian", ["EFS", "ECS", "CodeDeploy"]),
        new("windows", "", "windows", [.. LaunchBundle.Order]),
        new("microsoft", "", "windows", [.. LaunchBundle.Order]),
    ];

    public static IEnumerable<string> Names => All.Select(s => s.Name).Append("amazon_ecs");

    public bool IsWindows => Name is "windows" or "microsoft";

    /// <summary>The system an image type names, or null.</summary>
    public static InstanceSystem? Of(string amiType) => All.FirstOrDefault(s => s.Name == amiType.Split('_')[0]);

    public bool Has(string bundle) => !Missing.Contains(bundle);
}
