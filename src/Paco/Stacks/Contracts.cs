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
}

/// <summary>A certificate for a domain and further names.</summary>
public interface ICertificate
{
    string DomainName { get; }

    IReadOnlyList<string> Names { get; }
}

/// <summary>The people who may be given SSH access, found at <c>resource.ec2</c>.</summary>
public interface ISshUsers
{
    /// <summary>User names with their public keys, as <c>authorized_keys</c> takes them.</summary>
    IReadOnlyDictionary<string, string> PublicKeys { get; }

    /// <summary>Groups with the names of their members.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; }
}

/// <summary>Something a load balancer checks: a target group.</summary>
public interface IHealthChecked
{
    /// <summary>Seconds of good answers until it counts as healthy.</summary>
    int HealthySeconds { get; }
}
