using Paco.Sandbox.Services.CloudFormation;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>All that the sandbox answers for.</summary>
internal static class ServiceList
{
    public static IReadOnlyList<IService> All { get; } =
    [
        new Sts(),
        new CloudFormationService(),
    ];
}
