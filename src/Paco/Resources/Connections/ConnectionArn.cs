using System.Text.RegularExpressions;
using Paco.Clouds;

namespace Paco.Resources.Connections;

/// <summary>The parts of <c>arn:aws:codeconnections:us-west-2:123456789012:connection/aEXAMPLE-8aad-4d5d-8878-dfcab0bc441f</c>.</summary>
/// <param name="Service"><c>codeconnections</c>, or <c>codestar-connections</c> as it was called before.</param>
internal sealed partial record ConnectionArn(string Partition, string Service, string Region, string Account, string Id)
{
    /// <summary>Null for what is none.</summary>
    public static ConnectionArn? Parse(string text) => Form().Match(text) is { Success: true, Groups: var part }
        ? new(part[1].Value, part[2].Value, part[3].Value, part[4].Value, part[5].Value)
        : null;

    /// <summary>Where a person finishes it.</summary>
    public string Console => $"https://{Region}.console.aws.amazon.com/codesuite/settings/{Account}/{Region}/{Service}/connections/{Id}";

    /// <summary>It can be shared with other accounts.</summary>
    public bool CanBeShared => Service == "codeconnections";

    /// <summary>Why it cannot be used from a place, or null.</summary>
    /// <param name="account">The id of the place's account; null where it is not known yet.</param>
    public string? OutOfReach(string region, string? account)
    {
        if (!Regions.IsKnown(Region) || Clouds.Partition.Of(Region).Name != Partition)
            return $"{Partition} has no region {Region}";
        if (Clouds.Partition.Of(region).Name != Partition)
            return $"it is in {Partition}, and {region} is not";
        return account is null || account == Account || CanBeShared ? null
            : $"it is the account {Account}'s, and a {Service} ARN cannot be shared";
    }

    [GeneratedRegex(
        "^arn:(aws[a-z-]*):(codeconnections|codestar-connections):([a-z0-9-]+):([0-9]{12}):connection/([0-9A-Za-z-]+)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
