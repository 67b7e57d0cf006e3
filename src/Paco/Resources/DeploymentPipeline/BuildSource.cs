using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.CloudFormation;
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

    // The prefix of its ARN says by which of its two names the service looks at what is allowed.
    private static readonly string[] Connecting = ["GetConnection", "GetConnectionToken", "UseConnection"];

    public GitHubBuildSource(Fields f)
        : base(f)
    {
        Enabled = f.Enabled(false);
        Owner = f.RequiredText("github_owner", "The user or organization whose it is.", Check.Matching("a name at GitHub", "^[A-Za-z0-9-]+$"));
        Repository = f.RequiredText("github_repository", "Its name.", Check.Matching("the name of a repository", "^[A-Za-z0-9._-]+$"));
        Branch = f.Text("deployment_branch_name", "The branch that is built.", "master");
        ConnectionArn = f.Text(ConnectionField, "The ARN of the connection through which GitHub is reached.",
            Check.Matching("the ARN of a connection", "^arn:[a-z-]+:(codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:connection/[A-Za-z0-9-]+$"));
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

    internal MapValue ToValue(Value? buildspec, Func<Ref, Value> secretArn) => new()
    {
        ["Type"] = "GITHUB",
        ["Location"] = $"https://github.com/{Owner}/{Repository}.git",
        ["BuildSpec"] = buildspec,
        ["ReportBuildStatus"] = ReportStatus,
        ["Auth"] = ConnectionArn is { } connection ? new MapValue { ["Type"] = "CODECONNECTIONS", ["Resource"] = connection }
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

    internal IEnumerable<MapValue> Rights()
    {
        if (ConnectionArn is { } arn)
            yield return PolicyDocument.Allow(arn, Connecting.Select(action => $"{arn.Split(':')[2]}:{action}"));
    }
}
