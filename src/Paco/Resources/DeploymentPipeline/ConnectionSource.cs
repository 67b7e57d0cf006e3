using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Connections;
using Paco.Resources.Iam;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// A branch of a repository outside AWS, read through a connection. The connection tells AWS of pushes, so nothing polls, and no token is
/// anywhere. Source: CodePipeline User Guide, "CodeStarSourceConnection for Bitbucket Cloud, GitHub, …, and GitLab.com".
/// </summary>
/// <param name="type">What is written as its type.</param>
/// <param name="provider">Whose the repository is: one of <see cref="Connection.Providers"/>.</param>
public abstract class ConnectionSource(Fields f, string type, string provider) : PipelineAction(f)
{
    private const string Clone = "CODEBUILD_CLONE_REF";

    // By this prefix of the connection's ARN AWS decides which of the two actions it asks for.
    private static readonly string[] Services = ["codeconnections", "codestar-connections"];

    private static readonly Check PlainName = Check.Matching("a name, without blanks and not a whole address", "^[A-Za-z0-9._/-]+$");

    public string Owner { get; } = f.RequiredText($"{provider.ToLowerInvariant()}_owner",
        "Whose the repository is: a person, an organization, a workspace or a group.", PlainName);

    public string Repository { get; } =
        f.RequiredText($"{provider.ToLowerInvariant()}_repository", "The repository, without its owner.", PlainName);

    public string Branch { get; } = f.Text("deployment_branch_name", "The branch whose pushes start the pipeline.", "master");

    public string? ConnectionArn { get; } = f.Text("connection_arn",
        "A connection that exists, by its ARN. Without it, and without `connection`, one is made, and somebody has to agree at the provider.");

    /// <summary>Another source whose connection this one shares.</summary>
    public Ref? Shared { get; } =
        f.Ref("connection", "A source of another pipeline of the account, whose connection this one uses as well.", type);

    public string OutputArtifactFormat { get; } = f.Text("output_artifact_format",
        "CODE_ZIP hands the files on; CODEBUILD_CLONE_REF lets builds clone the repository, with its history.", "CODE_ZIP",
        Check.OneOf("CODE_ZIP", Clone));

    public SourceTrigger? Triggers { get; } = f.Object("triggers",
        "Which pushes start the pipeline, instead of every push to the branch.", x => new SourceTrigger(x));

    internal override bool IsSource => true;

    internal override string Watches => $"the branch {Branch} of {provider} {FullName}";

    internal string FullName => $"{Owner}/{Repository}";

    /// <summary>The ARN of a connection that exists, in whichever field it stands.</summary>
    internal virtual string? GivenArn => ConnectionArn;

    /// <summary>It is read through a connection.</summary>
    internal virtual bool HasConnection => true;

    /// <summary>Its own connection, which others may share.</summary>
    private bool IsShareable => HasConnection && Shared is null;

    protected internal override void Rules(Fields f)
    {
        if (Shared is not null && GivenArn is not null)
            f.Broken("connection", "a source has one connection: \"connection\" or \"connection_arn\", not both");
    }

    internal override void Examine(ActionScope scope)
    {
        if (Shared is not { } shared || scope.Pipeline.Build.Index.Find<ConnectionSource>(shared) is not { } other)
            return;
        if (!other.IsShareable)
        {
            scope.Pipeline.Build.Bag.Add(BindingCodes.BrokenRule, shared.Location, $"{shared.Written} has no connection of its own",
                other.Shared is { } further ? $"connection: paco.ref {further.Path}" : "name a source that has one, or give connection_arn",
                subject: Path);
        }
        else if (PipelineOf(scope, other)?.PlaceIn(scope.Pipeline.Build) is { } place && place.Account != scope.Pipeline.Own.Place.Account)
        {
            DeployTargets.ReportPlace(scope, shared, place, scope.Pipeline.Own.Place);
        }
    }

    internal override ActionDeclaration Declare(ActionScope scope)
    {
        if (Shared is null && Maker(scope) == this)
            OfferConnection(scope);
        return new("Source", "CodeStarSourceConnection")
        {
            Configuration = new MapValue
            {
                ["ConnectionArn"] = Arn(scope),
                ["FullRepositoryId"] = FullName,
                ["BranchName"] = Branch,
                ["OutputArtifactFormat"] = OutputArtifactFormat,
                ["DetectChanges"] = Triggers is null ? "true" : "false",
            },
            Rights = [.. UseConnection(scope), .. Artifacts.Giving(scope.Pipeline)],
            Trigger = Triggers?.ToValue(scope.AwsName, Branch),
        };
    }

    /// <summary>What a role needs that fetches through the connection: the pipeline's, and where builds clone, that of a build.</summary>
    internal ImmutableArray<MapValue> UseConnection(ActionScope scope) =>
    [
        .. Services.Select(service => PolicyDocument.Allow(Arn(scope), $"{service}:UseConnection")
            .With("Condition", new MapValue
            {
                ["ForAllValues:StringEquals"] = new MapValue { [$"{service}:FullRepositoryId"] = FullName },
            })),
    ];

    internal override IEnumerable<MapValue> CloneRights(ActionScope scope) =>
        OutputArtifactFormat == Clone ? UseConnection(scope) : [];

    // The ARN, once the connection can be used. Of a source that has none nothing is asked; it is reported.
    private Value Arn(ActionScope scope)
    {
        if (Shared is not { } shared)
            return new InputValue(Maker(scope).ToRef().Output("connection.arn"));
        return scope.Pipeline.Build.Index.Find<ConnectionSource>(shared) is { IsShareable: false }
            ? ""
            : new InputValue(shared.Output("connection.arn"));
    }

    private void OfferConnection(ActionScope scope)
    {
        var connection = new Connection(FullName, provider)
        {
            Arn = GivenArn,
            Written = GivenArn is null ? Location : PlaceOf(ConnectionArn is null ? "codestar_connection_arn" : "connection_arn"),
        };
        var suffix = scope.IsFirst ? Word : $"{scope.StackPart}-{Word}";
        scope.Pipeline.Build.Offers.Add($"{Path}.connection.arn", connection.Build(scope.Pipeline.Own, this, suffix));
    }

    // Sources of one repository in a pipeline have one connection.
    private ConnectionSource Maker(ActionScope scope) => GivenArn is not null
        ? this
        : scope.Pipeline.Actions.Select(a => a.Action).OfType<ConnectionSource>()
            .First(s => s == this
                || (s.IsShareable && s.IsEnabled && s.GivenArn is null && s.Type == Type && s.FullName == FullName));

    private static DeploymentPipeline? PipelineOf(ActionScope scope, ConnectionSource source) =>
        source.Path.AndAbove.Select(path => scope.Pipeline.Build.Index.Find(path)).OfType<DeploymentPipeline>().FirstOrDefault();
}
