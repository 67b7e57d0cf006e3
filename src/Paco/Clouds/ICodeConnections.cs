namespace Paco.Clouds;

/// <summary>CodeConnections, which was called CodeStar Connections before: how a connection to somebody's source stands.</summary>
public interface ICodeConnections
{
    /// <summary>The connection of that ARN, of either service; null where there is none that this account may see.</summary>
    Task<CodeConnection?> GetConnection(string arn, CancellationToken cancel);
}

/// <summary>A connection: its name, whose source it leads to (<c>GitHub</c>), and how it stands.</summary>
public sealed record CodeConnection(string Arn, string Name, string Provider, string Status)
{
    /// <summary>Nobody has agreed at the provider so far.</summary>
    public const string Pending = "PENDING";

    /// <summary>It can be used.</summary>
    public const string Available = "AVAILABLE";
}
