using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Connections;
using Paco.Resources.Iam;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>What a project builds that has no pipeline around it.</summary>
public sealed class BuildSource : Model
{
    public BuildSource(Fields f)
        : base(f)
    {
        GitHub = f.Object("github", "A repository of GitHub.", x => new GitHubBuildSource(x));
        f.WarnOfRest();
    }

    public GitHubBuildSource? GitHub { get; }
}

/// <summary>
/// A repository of GitHub. A public one is read by everybody; to read a private one, and to hear of what is pushed, CodeBuild takes a
/// connection, or a token that a secret holds.
/// </summary>
public sealed class GitHubBuildSource : Model
{
    private const string TokenField = "github_access_token";
    private const string ConnectionField = "connection_arn";

    private static readonly Check NameOfOwner = Check.Matching("a name at GitHub", "^[A-Za-z0-9-]+$");
    private static readonly Check NameOfRepository = Check.Matching("the name of a repository", "^[A-Za-z0-9._-]+$");

    // Which of the two names of the service is asked for is the ARN's to say, and older parts ask for the older one in any case.
    private static readonly string[] Connecting =
    [
        "codeconnections:GetConnection", "codeconnections:GetConnectionToken", "codeconnections:UseConnection",
        "codestar-connections:GetConnection", "codestar-connections:GetConnectionToken", "codestar-connections:UseConnection",
    ];

    public GitHubBuildSource(Fields f)
        : base(f)
    {
        Enabled = f.Enabled(false);
        Owner = f.RequiredText("github_owner", "The user or organization whose it is.", NameOfOwner);
        Repository = f.RequiredText("github_repository", "Its name.", NameOfRepository);
        Branch = f.Text("deployment_branch_name", "The branch that is built.", "master");
        ConnectionArn = f.Text(ConnectionField, "The ARN of the connection through which GitHub is reached.");
        var isPlain = f.Peek(TokenField) is { } text && !Ref.IsRef(text);
        PlainToken = isPlain ? f.Secret(TokenField, "") : null;
        Token = isPlain ? null : f.Ref(TokenField,
            "Instead of a connection: the secret with a token of somebody at GitHub, as CodeBuild takes it: `{\"ServerType\": \"GITHUB\", \"AuthType\": \"PERSONAL_ACCESS_TOKEN\", \"Token\": \"…\"}`.",
            "Secret");
        ReportStatus = f.Flag("report_build_status", "Tell GitHub of each build.", false);
        TriggerOnPush = f.Flag("trigger_on_push", "Build whatever is pushed to the branch.", false);
        f.WarnOfRest();
    }

    public Enablement Enabled { get; }

    public string Owner { get; }

    public string Repository { get; }

    public string Branch { get; }

    public string? ConnectionArn { get; }

    public Ref? Token { get; }

    public Given<bool> ReportStatus { get; }

    public Given<bool> TriggerOnPush { get; }

    /// <summary>Null where GitHub is reached otherwise, or by nobody in particular.</summary>
    internal Connection? Connection => ConnectionArn is null ? null
        : new($"{Owner}/{Repository}", "GitHub") { Arn = ConnectionArn, Written = PlaceOf(ConnectionField) };

    private Diagnostics.Secret? PlainToken { get; }

    protected internal override void Rules(Fields f)
    {
        if (PlainToken is not null)
        {
            f.Report(BindingCodes.BadValue, f.Place(TokenField), "a token has no place in the project's files",
                $"use a \"{ConnectionField}\", or keep it in a secret: paco.ref netenv.….secrets_manager.…");
        }
        else if (ConnectionArn is not null && Token is not null)
        {
            f.Broken(TokenField, $"GitHub is reached by \"{ConnectionField}\" or \"{TokenField}\", not by both");
        }
        else if (ConnectionArn is null && Token is null && (TriggerOnPush || ReportStatus))
        {
            f.Lacks(TriggerOnPush ? "trigger_on_push" : "report_build_status",
                "a project that GitHub tells of pushes, or that tells GitHub of builds, has to be let in there",
                $"give a \"{ConnectionField}\"");
        }
    }

    /// <param name="connection">The ARN of <see cref="Connection"/>.</param>
    internal MapValue ToValue(Value? buildspec, Value? connection, Func<Ref, Value> secretArn) => new()
    {
        ["Type"] = "GITHUB",
        ["Location"] = $"https://github.com/{Owner}/{Repository}.git",
        ["BuildSpec"] = buildspec,
        ["ReportBuildStatus"] = ReportStatus,
        ["Auth"] = connection is not null ? new MapValue { ["Type"] = "CODECONNECTIONS", ["Resource"] = connection }
            : Token is { } token ? new MapValue { ["Type"] = "SECRETS_MANAGER", ["Resource"] = secretArn(token) }
            : null,
    };

    /// <summary>What builds at a push; null where nothing does.</summary>
    internal MapValue? Triggers() => !TriggerOnPush ? null : new MapValue
    {
        ["Webhook"] = true,
        ["FilterGroups"] = Value.List(Value.List(
            new MapValue { ["Type"] = "EVENT", ["Pattern"] = "PUSH" },
            new MapValue { ["Type"] = "HEAD_REF", ["Pattern"] = $"^refs/heads/{Regex.Escape(Branch)}$" })),
    };

    internal static MapValue MayConnect(Value connection) => PolicyDocument.Allow(connection, Connecting);
}
