using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.Iam;

/// <summary>The names of the stacks of <c>resource/iam.yaml</c>: deployed ones are found by them.</summary>
internal static class IamStacks
{
    /// <summary>The stack of all users, in the management account.</summary>
    public const string Users = "Resource-IAM-User-Accounts";

    private const string Begin = "Resource-IAM-User-";
    private const string End = "-Account-Delegates";

    /// <summary>The stack with a user's role, in every account.</summary>
    public static string Delegates(string user) => $"{Begin}{Names.UpperFirst(Names.Stack(user))}{End}";

    /// <summary>The object a stack of that name lets in; null for every other stack.</summary>
    public static ObjectPath? PathOf(string stackName) => stackName switch
    {
        Users => new ObjectPath("resource.iam.users"),
        _ when stackName.StartsWith(Begin, StringComparison.Ordinal) && stackName.EndsWith(End, StringComparison.Ordinal)
            && stackName.Length > Begin.Length + End.Length =>
            new ObjectPath($"resource.iam.users.{LowerFirst(stackName[Begin.Length..^End.Length])}"),
        _ => (ObjectPath?)null,
    };

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
