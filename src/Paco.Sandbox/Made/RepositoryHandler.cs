using System.Text.Json.Nodes;
using Paco.Resources.EcrRepository;
using Paco.Sandbox.Services.Ecr;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>A repository of images: it takes policies that are such, and goes when nothing is in it, or where it says so.</summary>
internal sealed class RepositoryHandler : ResourceHandler
{
    public const string Type = "AWS::ECR::Repository";

    public override LiveResource Create(ResourceRequest m)
    {
        Check(m);
        return base.Create(m);
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        Check(m);
        return base.Update(m, before);
    }

    protected override void CheckDelete(Store store, LiveResource it)
    {
        if (it.Properties["EmptyOnDelete"]?.ToString() != "true" && Images.In(store, it).Count > 0)
            throw new ResourceFailure($"{Images.NotEmpty(it)} (Service: Ecr, Status Code: 400, Error Code: RepositoryNotEmptyException)");
    }

    public override void Delete(Store store, LiveResource it)
    {
        foreach (var image in Images.In(store, it))
            Images.Remove(store, image);
        base.Delete(store, it);
    }

    private static void Check(ResourceRequest m)
    {
        if (m.Properties["LifecyclePolicy"]?["LifecyclePolicyText"]?.ToString() is { } lifecycle
            && LifecyclePolicy.Check(lifecycle) is [var mistake, ..])
        {
            throw Refused(m, "LifecyclePolicyText", $"Lifecycle policy validation failure: {mistake.Message}");
        }

        if (m.Properties["RepositoryPolicyText"] is { } policy && !IsPolicy(policy is JsonObject ? policy : Parse(policy.ToString())))
            throw Refused(m, "PolicyText", "Invalid repository policy provided");
    }

    // Who it is about must be said of a policy that belongs to a resource.
    private static bool IsPolicy(JsonNode? policy) => policy?["Statement"] switch
    {
        JsonArray { Count: > 0 } many => many.All(s => s?["Principal"] is not null || s?["NotPrincipal"] is not null),
        JsonObject one => one["Principal"] is not null || one["NotPrincipal"] is not null,
        _ => false,
    };

    private static JsonNode? Parse(string text)
    {
        try
        {
            return Json.Read(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static ResourceFailure Refused(ResourceRequest m, string parameter, string why) => ServiceRefusal.Of(m, "Ecr",
        $"Invalid parameter at '{parameter}' failed to satisfy constraint: '{why}'");
}
