using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.Connections;

/// <summary>
/// That a person has agreed, at the provider, that AWS reads the source: the one step of a pipeline no API does. It is looked at while
/// planning; a run fails here where nobody has, so that what needs the connection is skipped and the next run goes on from here.
/// </summary>
/// <param name="Provider">Whose the source is, as people know it: <c>GitHub</c>.</param>
public sealed record FinishedConnection(string Provider) : CloudAction
{
    /// <summary>The input that says which connection, and the output that says that it can be used: both its ARN.</summary>
    public const string Arn = "ConnectionArn";

    public override bool StaysOnDelete => true;

    public override string AsksOfAPerson =>
        $"a new connection is pending until somebody agrees at {Provider}: the run says where, and what needs it is made by the next one";

    public override async Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel)
    {
        var (connection, obstacle) = await Look(cloud, inputs[Arn], cancel);
        return obstacle is { } found
            ? new ActionState(Exists: false, IsCurrent: false, found.Words)
            : new ActionState(Exists: true, IsCurrent: true, $"{connection!.Name} of {connection.Provider}")
            {
                Outputs = Offered(connection.Arn),
            };
    }

    public override async Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel)
    {
        var (connection, obstacle) = await Look(cloud, inputs[Arn], cancel);
        return obstacle is { } found
            ? new ActionResult { Failure = found.Words, Code = found.Code }
            : new ActionResult { Outputs = Offered(connection!.Arn) };
    }

    public override Task Delete(ICloud cloud, CancellationToken cancel) => Task.CompletedTask;

    // A connection is asked for in its own region, whichever uses it.
    private async Task<(CodeConnection? It, (DiagnosticCode Code, string Words)? Obstacle)> Look(ICloud cloud, string arn,
        CancellationToken cancel)
    {
        if (ConnectionArn.Parse(arn) is not { } parts)
            return (null, (ConnectionCodes.Missing, $"{arn} is no ARN of a connection"));
        var connection = await cloud.CodeConnections(Id.Place with { Region = parts.Region }).GetConnection(arn, cancel);
        return connection switch
        {
            null => (null, (ConnectionCodes.Missing, $"there is no connection {arn}, or {Id.Place.Account} may not see it")),
            { Status: CodeConnection.Available } => (connection, null),
            { Status: CodeConnection.Pending } => (connection, (ConnectionCodes.Pending,
                $"the connection {connection.Name} is still pending: open {parts.Console}, finish it there, then run this again")),
            _ => (connection, (ConnectionCodes.Broken,
                $"the connection {connection.Name} is in the status {connection.Status}: see {parts.Console}, then run this again")),
        };
    }

    private static ImmutableSortedDictionary<string, string> Offered(string arn) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(Arn, arn);
}
