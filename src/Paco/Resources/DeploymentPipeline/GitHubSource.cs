using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.DeploymentPipeline;

/// <summary>
/// A branch of a repository at GitHub: through a connection, or with somebody's token, as Paco 9 had it. Source of the latter: CodePipeline
/// User Guide, "GitHub (via OAuth app) source action reference".
/// </summary>
public sealed class GitHubSource(Fields f) : ConnectionSource(f, "GitHub.Source", "GitHub")
{
    private const string TokenField = "github_access_token";

    public RefOrSecret? Token { get; } = f.RefOrSecret(TokenField,
        "A token of somebody who may read the repository: a secret of the pipeline's account, better than the token itself. A connection needs "
        + "none.", "Secret");

    public Given<bool> Polls { get; } = f.Flag("poll_for_source_changes",
        "With a token: look for changes every few minutes. Else GitHub tells of them, for which the token must allow webhooks.", true);

    internal override string Word => "GitHub";

    internal override bool HasConnection => Token is null || GivenArn is not null || Shared is not null;

    protected internal override void Rules(Fields f)
    {
        base.Rules(f);
        if (Token is null || HasConnection)
            NoToken(f);
        else if (Triggers is not null)
            f.Broken("triggers", "\"triggers\" need a connection", $"take \"{TokenField}\" out");
    }

    internal override void Examine(ActionScope scope)
    {
        if (HasConnection)
        {
            base.Examine(scope);
            return;
        }
        scope.Pipeline.Build.Bag.Add(PipelineCodes.OldGitHub, PlaceOf(TokenField), $"{Name} reads GitHub with a token",
            $"take \"{TokenField}\" out: then a connection is made, and the run says how to finish it", subject: Path);
        if (Token?.Ref is { } secret && PlaceOfSecret(scope.Pipeline.Build, secret) is { } place && place != scope.Pipeline.Own.Place)
            DeployTargets.ReportPlace(scope, secret, place, scope.Pipeline.Own.Place);
    }

    internal override ActionDeclaration Declare(ActionScope scope) => HasConnection
        ? base.Declare(scope)
        : new("Source", "GitHub")
        {
            Owner = "ThirdParty",
            Configuration = new MapValue
            {
                ["Owner"] = Owner,
                ["Repo"] = Repository,
                ["Branch"] = Branch,
                ["OAuthToken"] = TokenValue(scope),
                ["PollForSourceChanges"] = Value.AsText(Polls),
            },
        };

    internal override void WriteInto(StackBuilder stack, ActionScope scope)
    {
        if (HasConnection || Polls)
            return;
        stack.Resource($"Webhooksource{Names.Camel(Name)}", "AWS::CodePipeline::Webhook", new MapValue
        {
            ["Authentication"] = "GITHUB_HMAC",
            ["AuthenticationConfiguration"] = new MapValue { ["SecretToken"] = TokenValue(scope) },
            ["Filters"] = Value.List(new MapValue { ["JsonPath"] = "$.ref", ["MatchEquals"] = "refs/heads/{Branch}" }),
            ["TargetPipeline"] = Fn.Ref(PipelineStack.Id),
            ["TargetAction"] = scope.AwsName,
            ["TargetPipelineVersion"] = Fn.GetAtt(PipelineStack.Id, "Version"),
            ["RegisterWithThirdParty"] = true,
        });
    }

    private static void NoToken(Fields f)
    {
        foreach (var field in new[] { TokenField, "poll_for_source_changes" }.Where(f.Has))
        {
            f.Report(BindingCodes.ObsoleteField, f.Place(field), $"\"{field}\" has no effect: the repository is read through a connection",
                "take it out");
        }
    }

    private Value TokenValue(ActionScope scope)
    {
        if (Token?.Ref is { } secret)
            return Fn.Concat("{{resolve:secretsmanager:", new InputValue(secret.Output("arn")), "}}");
        scope.Pipeline.Build.Offers.Add($"{Path}.token", new SecretSource(Token!.Secret!));
        return new InputValue(ToRef().Output("token"));
    }

    private static Place? PlaceOfSecret(BuildContext build, Ref reference) =>
        build.Index.Find<Secrets.Secret>(reference) is { } secret && build.PlaceOf(reference.Path) is { } environment
            ? environment with { Account = secret.AccountName is { } own ? build.AccountOf(own) : environment.Account }
            : null;
}
