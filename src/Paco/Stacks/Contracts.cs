namespace Paco.Stacks;

/// <summary>A hosted zone, wherever in the project it is declared.</summary>
public interface IHostedZone
{
    /// <summary>The account it lives in, by name.</summary>
    string AccountName { get; }

    string DomainName { get; }

    bool IsPrivate { get; }

    /// <summary>The reference that yields its id.</summary>
    Binding.Ref Id { get; }
}

/// <summary>A segment of a network: its ranges per availability zone, 1 to n.</summary>
public interface ISegment
{
    IReadOnlyList<string> Cidrs { get; }

    /// <summary>The stacks that route it to the internet, where its own stack does not: what starts in it and downloads something waits for them.</summary>
    IReadOnlyList<NodeId> WayOut { get; }
}

/// <summary>A certificate for a domain and further names.</summary>
public interface ICertificate
{
    string DomainName { get; }

    IReadOnlyList<string> Names { get; }
}
