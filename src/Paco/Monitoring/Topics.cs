using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Monitoring;

/// <summary>
/// Topics of <c>resource/sns.yaml</c>, found by name in the account and region of whoever notifies. Parameters of deployed stacks are named
/// after the path.
/// </summary>
public static class Topics
{
    /// <summary>The reference that yields a topic's ARN.</summary>
    public static Ref Arn(Place place, string group, Location written)
    {
        var path = $"resource.sns.computed.{place.Account}.{place.Region}.{group}.arn";
        return new Ref(path, path, written);
    }
}
