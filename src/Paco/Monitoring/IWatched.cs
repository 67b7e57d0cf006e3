using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>
/// A resource that states what of it can be watched. What is made of that is decided in <see cref="Watching"/>, which the resource does not
/// know.
/// </summary>
public interface IWatched
{
    /// <summary>What CloudWatch measures: the resource itself, or each instance or service in it.</summary>
    IEnumerable<Watched> Watched { get; }

    /// <summary>Its log groups; null where it has none at all.</summary>
    WatchedLogs? Logs => null;

    /// <summary>Where CloudWatch measures it, which is where its alarms have to be.</summary>
    BuildScope WatchedIn(BuildScope scope) => scope;

    /// <summary>What its instances run, where it has any.</summary>
    HostSystem Host => HostSystem.Linux;
}

/// <summary>An application, as far as what is watched in it is concerned.</summary>
public interface IWatchedApplication
{
    /// <summary>What is watched of it as a whole.</summary>
    MonitorConfig? Monitoring { get; }

    /// <summary>Who is told of all alarms in it.</summary>
    Notifications? Notifications { get; }
}

/// <summary>One thing that CloudWatch measures.</summary>
/// <param name="Key">Its name within the resource; empty for the resource itself.</param>
/// <param name="What">The resource, or the instance or service in it.</param>
/// <param name="Namespace">The namespace of its metrics: <c>AWS/RDS</c>.</param>
/// <param name="Dimensions">What tells its metrics from those of others.</param>
/// <param name="Monitoring">What the project says is watched of it, or null.</param>
public sealed record Watched(string Key, Model What, string Namespace, ImmutableArray<Dimension> Dimensions, MonitorConfig? Monitoring)
{
    /// <summary>What it is, as people read it: <c>database</c>, <c>target group app</c>.</summary>
    public string Title { get; init; } = "";

    /// <summary>Further namespaces that have metrics with the same dimensions: those of an ASG's instances.</summary>
    public ImmutableArray<string> FurtherNamespaces { get; init; } = [];

    /// <summary>What tells its metrics in a further namespace apart, where other dimensions do.</summary>
    public ImmutableArray<(string Namespace, Dimension Dimension)> FurtherDimensions { get; init; } = [];

    /// <summary>Its own dimensions stand beside those an alarm gives, instead of giving way to them.</summary>
    public bool KeepsDimensions { get; init; }

    /// <summary>The few metrics of it that a person wants to see, most telling first.</summary>
    public ImmutableArray<WorthSeeing> Worth { get; init; } = [];

    /// <summary>What tells its metrics in a namespace apart.</summary>
    internal ImmutableArray<Dimension> DimensionsIn(string? space) =>
        FurtherDimensions.Any(f => f.Namespace == space)
            ? [.. FurtherDimensions.Where(f => f.Namespace == space).Select(f => f.Dimension)]
            : Dimensions;
}

/// <summary>A dimension of metrics, and the reference that yields its value.</summary>
public sealed record Dimension(string Name, Ref Value);

/// <summary>A metric that a dashboard shows.</summary>
/// <param name="MetricName">CloudWatch's name of it.</param>
/// <param name="Statistic">CloudWatch's word: <c>Average</c>, <c>Sum</c>, <c>p99</c>.</param>
/// <param name="Title">What it says, as people read it.</param>
public sealed record WorthSeeing(string MetricName, string Statistic, string Title)
{
    /// <summary>Its namespace where that is not the thing's own.</summary>
    public string? Namespace { get; init; }
}

/// <summary>Log groups of a resource: those of the log sets it names, and those it always has.</summary>
public sealed record WatchedLogs(ImmutableArray<LogSet> Sets)
{
    public ImmutableArray<OwnLogGroup> Own { get; init; } = [];
}

/// <summary>A log group that belongs to what a resource is, whatever is configured to be watched.</summary>
/// <param name="LogicalId">What logical id and parameter are called by: <c>SSM</c> for <c>SSMLogGroup</c>.</param>
/// <param name="Name">The last part of its name.</param>
/// <param name="Days">How long it keeps events; null for ever.</param>
public sealed record OwnLogGroup(string LogicalId, string Name, int? Days);
