using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>An action of a pipeline, with what it takes and makes.</summary>
/// <param name="Kind"><c>Source AWS CodeCommit</c>: category, owner, provider.</param>
/// <param name="Role">The role it runs as; null for the pipeline's own.</param>
/// <param name="Account">Whose that role is.</param>
internal sealed record PipelineAction(string Stage, string Name, string Kind, int Order, string? Role, string Account,
    ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, JsonObject Configuration)
{
    public bool IsSource => Kind.StartsWith("Source ", StringComparison.Ordinal);
}

/// <summary>
/// The stages of a pipeline and the rules they keep. Source: CodePipeline User Guide, "Pipeline structure reference", "Action structure
/// reference", and "Create a pipeline that uses resources from another account" for artifacts between accounts. AWS's own words are those
/// on the first stage, on artifacts that nobody makes, and on their number (aws-cloudformation-user-guide#941); the others say the guide's
/// rule. That there are two stages, with an action each, Amazon's schema says.
/// </summary>
internal sealed class PipelineStructure
{
    private const string Structure = "InvalidStructureException";
    private const string Declaration = "InvalidActionDeclarationException";
    private const string OfStage = "InvalidStageDeclarationException";

    // How many artifacts each takes and makes at least and at most.
    private static readonly Dictionary<string, (int MinIn, int MaxIn, int MinOut, int MaxOut)> Counts = new(StringComparer.Ordinal)
    {
        ["Source AWS S3"] = (0, 0, 1, 1),
        ["Source AWS CodeCommit"] = (0, 0, 1, 1),
        ["Source AWS ECR"] = (0, 0, 1, 1),
        ["Source AWS CodeStarSourceConnection"] = (0, 0, 1, 1),
        ["Source ThirdParty GitHub"] = (0, 0, 1, 1),
        ["Build AWS CodeBuild"] = (1, 5, 0, 5),
        ["Test AWS CodeBuild"] = (1, 5, 0, 5),
        ["Approval AWS Manual"] = (0, 0, 0, 0),
        ["Deploy AWS S3"] = (1, 1, 0, 0),
        ["Deploy AWS CodeDeploy"] = (1, 1, 0, 0),
        ["Deploy AWS ECS"] = (1, 1, 0, 0),
        ["Deploy AWS CodeDeployToECS"] = (1, 5, 0, 0),
        ["Deploy AWS CloudFormation"] = (0, 10, 0, 1),
        ["Invoke AWS Lambda"] = (0, 5, 0, 5),
    };

    private readonly ImmutableArray<string> _stages;
    private readonly string _account;

    private PipelineStructure(ImmutableArray<string> stages, ImmutableArray<PipelineAction> actions, string account) =>
        (_stages, Actions, _account) = (stages, actions, account);

    /// <summary>In the order they run.</summary>
    public ImmutableArray<PipelineAction> Actions { get; }

    /// <param name="properties">Of the pipeline, as its template writes them.</param>
    /// <param name="account">The pipeline's.</param>
    public static PipelineStructure Read(JsonObject properties, string account)
    {
        var stages = (properties["Stages"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return new(
            [.. stages.Select(s => Json.Scalar(s["Name"]))],
            [
                .. stages.SelectMany(s => (s[nameof(Actions)] as JsonArray ?? []).OfType<JsonObject>().Select(a => Action(s, a, account))
                    .OrderBy(a => a.Order)),
            ],
            account);
    }

    /// <summary>The first rule that is broken: the error's code and words. Null where all hold.</summary>
    public (string Code, string Words)? Mistake() => OfStages() ?? OfActions() ?? OfArtifacts();

    private (string, string)? OfStages()
    {
        var first = Actions.Where(a => a.Stage == _stages[0]).ToList();
        if (first.Count == 0 || !first.TrueForAll(a => a.IsSource))
        {
            return (Structure, "Pipeline should start with a stage that only contains source actions");
        }

        if (Actions.FirstOrDefault(a => a.IsSource && a.Stage != _stages[0]) is { } late)
        {
            return (Structure, $"Only the first stage of a pipeline may contain source actions: {late.Name} is in {late.Stage}");
        }

        return Twice(_stages) is { } stage ? (OfStage, $"All stage names within a pipeline must be unique: {stage}") : null;
    }

    private (string, string)? OfActions()
    {
        foreach (var stage in Actions.GroupBy(a => a.Stage))
        {
            if (Twice(stage.Select(a => a.Name)) is { } name)
            {
                return (Declaration, $"All action names within a stage must be unique: {name} in {stage.Key}");
            }
        }

        return Actions.Select(OfNumber).FirstOrDefault(m => m is not null);
    }

    private static (string, string)? OfNumber(PipelineAction action) => !Counts.TryGetValue(action.Kind, out var count) ? null
        : OfNumber(action, "input", action.Inputs.Length, count.MinIn, count.MaxIn)
            ?? OfNumber(action, "output", action.Outputs.Length, count.MinOut, count.MaxOut);

    private static (string, string)? OfNumber(PipelineAction action, string which, int number, int min, int max)
    {
        var limit = number < min ? $"less than the minimum count ({min})" : number > max ? $"more than the maximum count ({max})" : null;
        return limit is null ? null : (Declaration, $"Action {action.Name} declares {number} {which} artifacts which is {limit}");
    }

    private (string, string)? OfArtifacts()
    {
        var made = new Dictionary<string, PipelineAction>(StringComparer.Ordinal);
        foreach (var group in Actions.GroupBy(a => (_stages.IndexOf(a.Stage), a.Order)).OrderBy(g => g.Key))
        {
            foreach (var action in group)
            {
                if (action.Inputs.FirstOrDefault(i => !made.ContainsKey(i)) is { } nobodys)
                {
                    return (Declaration, $"Input Artifact Bundle {nobodys} in action {action.Name} is not declared as Output Artifact "
                        + "Bundle in any of the preceding actions");
                }

                if (action.Inputs.FirstOrDefault(i => IsOutOfReach(action, made[i])) is { } foreign)
                {
                    return (Declaration, $"Action {action.Name} in account {action.Account} cannot use the artifact {foreign}, which is "
                        + $"made in account {made[foreign].Account}");
                }
            }

            foreach (var (action, output) in group.SelectMany(a => a.Outputs.Select(o => (a, o))))
            {
                if (!made.TryAdd(output, action))
                {
                    return (Declaration, $"Output artifact names must be unique within a pipeline: {output} in action {action.Name}");
                }
            }
        }

        return null;
    }

    // What one foreign account made another never sees.
    private bool IsOutOfReach(PipelineAction user, PipelineAction maker) =>
        user.Account != _account && maker.Account != _account && user.Account != maker.Account;

    private static string? Twice(IEnumerable<string> names) => names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;

    private static PipelineAction Action(JsonObject stage, JsonObject action, string account)
    {
        var type = action["ActionTypeId"];
        var role = Json.Scalar(action["RoleArn"]) is { Length: > 0 } given ? given : null;
        return new(Json.Scalar(stage["Name"]), Json.Scalar(action["Name"]),
            $"{Json.Scalar(type?["Category"])} {Json.Scalar(type?["Owner"])} {Json.Scalar(type?["Provider"])}",
            int.TryParse(Json.Scalar(action["RunOrder"]), out var order) ? order : 1,
            role, role?.Split(':') is [_, _, _, _, var owner, ..] ? owner : account,
            Artifacts(action["InputArtifacts"]), Artifacts(action["OutputArtifacts"]), action["Configuration"] as JsonObject ?? []);
    }

    private static ImmutableArray<string> Artifacts(JsonNode? list) =>
        [.. (list as JsonArray ?? []).Select(a => Json.Scalar(a?["Name"]))];
}
