using System.Collections.Immutable;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>What of a project a run has not read, and so not checked: its scope does not need it.</summary>
/// <param name="NetworkEnvironments">Files that were not opened, as <c>netenv.mynet</c>.</param>
/// <param name="AllNetworkEnvironments">How many files there are.</param>
/// <param name="Environments">Environments left out in files that were opened, as <c>netenv.mynet.dev</c>.</param>
/// <param name="AllEnvironments">How many environments these files have.</param>
public sealed record NotRead(ImmutableArray<ObjectPath> NetworkEnvironments, int AllNetworkEnvironments,
    ImmutableArray<ObjectPath> Environments, int AllEnvironments)
{
    public bool IsEmpty => NetworkEnvironments.IsEmpty && Environments.IsEmpty;
}
