namespace Paco.Sandbox;

/// <summary>A connection to somebody's source: <c>PENDING</c> until a person has agreed to it, then <c>AVAILABLE</c>.</summary>
/// <param name="Provider">Whose it is: <c>GitHub</c>.</param>
public sealed record SandboxConnection(string Arn, string Name, string Provider, string Status)
{
    public bool IsPending => Status == "PENDING";
}
