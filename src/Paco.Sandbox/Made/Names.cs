using Paco.CloudFormation.Types;

namespace Paco.Sandbox.Made;

/// <summary>Names a user gives or CloudFormation makes, and within what they are unique.</summary>
internal static class Names
{
    /// <summary>The name: the given one, or <c>stack-logical-RANDOM12</c>.</summary>
    public static string Of(ResourceRequest m) => Explicit(m) ?? Generated(m);

    public static string? Explicit(ResourceRequest m) =>
        m.Facts.NameProperty is { } property && m.Text(property) is { } name ? Spelled(m, name) : null;

    /// <summary>
    /// Within what an explicit name may occur once: an account and region, an account, for buckets the world; null where it may repeat.
    /// </summary>
    public static string? Scope(ResourceRequest m)
    {
        if (m.Facts.Unique.FirstOrDefault(u => m.Facts.NameProperty is { } name && u.Keys.Contains(name)) is not { } unique)
        {
            return null;
        }

        var place = unique.In == UniqueIn.World ? m.Type : $"{m.Account} {m.Home} {m.Type}";
        return string.Join(' ', unique.Within.Select(m.Text).Prepend(place));
    }

    /// <summary><c>stack-logical-RANDOM12</c>, shortened to what the type allows.</summary>
    public static string Generated(ResourceRequest m)
    {
        var room = m.Facts.NameLimit - 14;
        var logical = m.Logical.Length <= room / 2 ? m.Logical
            : m.Logical[..Math.Min(m.Logical.Length, Math.Max(room / 2, room - m.StackName.Length))];
        var stack = m.StackName[..Math.Min(m.StackName.Length, room - logical.Length)].TrimEnd('-');
        var name = m.Type == "AWS::SecretsManager::Secret" ? $"{m.Logical}-{m.Seed.Mixed(12)}" : $"{stack}-{logical}-{m.Seed.Capitals(12)}";
        return Spelled(m, name);
    }

    private static string Spelled(ResourceRequest m, string name) => m.Facts.IsNameLower ? name.ToLowerInvariant() : name;
}
