using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>CodeCommit, for those who look at the repositories that stacks made. Nothing can be pushed to one.</summary>
internal sealed class CodeCommit() : JsonService("codecommit")
{
    private const string Type = "AWS::CodeCommit::Repository";

    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "ListRepositories" => new JsonObject
        {
            ["repositories"] = new JsonArray([.. call.Store.OfType(call.Account, call.Region, Type).Select(Summary)]),
        },
        "GetRepository" => new JsonObject { ["repositoryMetadata"] = Describe(Find(call, body)) },
        _ => throw AwsError.NotEmulated($"codecommit:{call.Operation}"),
    };

    private static LiveResource Find(Call call, JsonObject body)
    {
        var name = body["repositoryName"]?.ToString() is { Length: > 0 } given
            ? given
            : throw new AwsError("RepositoryNameRequiredException", "A repository name is required.");
        return call.Store.OfType(call.Account, call.Region, Type).FirstOrDefault(r => NameOf(r) == name)
            ?? throw new AwsError("RepositoryDoesNotExistException", $"{name} does not exist");
    }

    private static string NameOf(LiveResource repository) => repository.Properties["RepositoryName"]!.ToString();

    private static JsonObject Summary(LiveResource repository) =>
        new() { ["repositoryName"] = NameOf(repository), ["repositoryId"] = repository.Physical };

    private static JsonObject Describe(LiveResource repository)
    {
        var told = Summary(repository);
        told["accountId"] = repository.Account;
        foreach (var (member, attribute) in new[] { ("Arn", "Arn"), ("cloneUrlHttp", "CloneUrlHttp"), ("cloneUrlSsh", "CloneUrlSsh") })
            told[member] = repository.Attributes[attribute]?.ToString();
        told["creationDate"] = Seconds(repository.Created);
        told["lastModifiedDate"] = Seconds(repository.Created);
        if (repository.Properties["RepositoryDescription"]?.ToString() is { Length: > 0 } description)
            told["repositoryDescription"] = description;
        return told;
    }
}
