using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Connections;

/// <summary>
/// A connection to somebody's source: one that exists already, by its ARN, or one that is made. Either way it can be used once a person
/// has agreed at the provider, and not before.
/// </summary>
/// <param name="Name">The name of the one that is made: <c>owner/repository</c>. AWS takes 32 characters; what is longer is cut.</param>
/// <param name="Provider">Whose it is: one of <see cref="Providers"/>.</param>
internal sealed record Connection(string Name, string Provider)
{
    private const int MaxName = 32;
    private const string LogicalId = "Connection";

    /// <summary>Those that need no server of one's own. Source: schema of AWS::CodeConnections::Connection.</summary>
    public static readonly ImmutableArray<string> Providers = ["GitHub", "GitLab", "Bitbucket", "AzureDevOps"];

    /// <summary>The one that exists; null where one is made.</summary>
    public string? Arn { get; init; }

    /// <summary>Where <see cref="Arn"/> is written; the owner's place where it is nowhere.</summary>
    public Diagnostics.Location Written { get; init; }

    /// <summary>
    /// Builds what is to be made, and the step that waits for the person. The answer is the ARN, had once the connection is AVAILABLE:
    /// <c>stack.Input("ConnectionArn", connection.Build(scope, pipeline, "GitHub"))</c>. Whoever takes it is skipped until then.
    /// </summary>
    /// <param name="suffix">What tells the owner's connections apart, in the names of their stacks.</param>
    public Source Build(BuildScope scope, Model owner, string suffix)
    {
        var step = Arn is null ? Made(scope, owner, suffix) : Given(scope, owner, suffix, Arn);
        scope.Build.Add(step);
        return new OutputSource(step.Id, FinishedConnection.Arn);
    }

    private FinishedConnection Given(BuildScope scope, Model owner, string suffix, string arn)
    {
        var place = Written.IsNone ? owner.Location : Written;
        if (ConnectionArn.Parse(arn) is not { } read)
        {
            scope.Build.Bag.Add(ConnectionCodes.NotAnArn, place, $"{arn} is no ARN of a connection",
                "aws codeconnections list-connections shows them", subject: owner.Path);
        }
        else if (read.OutOfReach(scope.Place.Region, KnownId(scope)) is { } why)
        {
            scope.Build.Bag.Add(ConnectionCodes.OutOfReach, place, $"{arn} cannot be used in {scope.Place}: {why}", subject: owner.Path);
        }
        var name = Names.Stack([scope.Prefix, .. scope.OwnNames, suffix, LogicalId]);
        return Step(scope, owner, new NodeId(scope.Place, name), new LiteralSource(arn));
    }

    private FinishedConnection Made(BuildScope scope, Model owner, string suffix)
    {
        var fitting = Fitting(Name);
        if (owner.IsEnabled && scope.Build.Claim($"connection {scope.Place.Account} {fitting}", owner.Path) is { } other)
        {
            scope.Build.Bag.Add(ConnectionCodes.SameName, owner.Location, $"{other} has a connection of the name {fitting} already",
                $"use that one: connection: paco.ref {other}, or give its ARN as connection_arn", subject: owner.Path);
        }
        var stack = scope.Stack(owner, $"{suffix}-{LogicalId}", "connection");
        stack.Resource(LogicalId, "AWS::CodeConnections::Connection",
            new MapValue { ["ConnectionName"] = fitting, ["ProviderType"] = Provider });
        stack.Output(FinishedConnection.Arn, new GetAttValue(LogicalId, "ConnectionArn"));
        return Step(scope, owner, new NodeId(scope.Place, Names.Stack(stack.Id.Name, "Finished")),
            new OutputSource(stack.Id, FinishedConnection.Arn));
    }

    private FinishedConnection Step(BuildScope scope, Model owner, NodeId id, Source arn) => new(Provider)
    {
        Id = id,
        Ref = owner.Path,
        Title = scope.Titled("connection finished"),
        Enabled = owner.IsEnabled,
        Inputs = [new(FinishedConnection.Arn, arn)],
    };

    private static string Fitting(string name) =>
        name.Length <= MaxName ? name : $"{Names.ShortHash(name)}-{name[^(MaxName - 9)..]}";

    private static string? KnownId(BuildScope scope) =>
        (scope.Build.Offers.Find($"accounts.{scope.Place.Account}.id")?.Source as LiteralSource)?.Text;
}
