using Paco.CloudFormation.Authorization;
using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights.Calls;

/// <summary>An action that a role is allowed, and on what, as its policy writes that.</summary>
internal sealed record Grant(string Action, string Resource);

internal static class Grants
{
    /// <summary>What the statements of a role allow, one by one, wildcards of actions spelled out.</summary>
    public static IEnumerable<Grant> Of(Identity identity) =>
        from statement in identity.Statements
        where statement.Allows
        from written in statement.Actions
        from action in CallTable.Expand(written)
        from resource in statement.Resources
        where Takes(action, resource)
        select new Grant(action, resource);

    /// <summary>All actions there are that something can be allowed on.</summary>
    public static IEnumerable<string> ActionsOn(string arn)
    {
        var service = arn.Split(':')[2];
        return ServiceReference.Shared.Find(service)!.Actions.Names.Select(name => $"{service}:{name}").Where(action => Takes(action, arn));
    }

    // A statement of several actions and resources allows each only on what it can be done to. Of some it is not known what they are.
    private static bool Takes(string action, string resource) =>
        !resource.StartsWith("arn:", StringComparison.Ordinal)
        || resource.StartsWith(DeployedProject.MadeArn, StringComparison.Ordinal)
        || ServiceReference.Shared.Find(action.Split(':')[0])!.Actions[action.Split(':')[1]]!.Kinds
            .Any(kind => ArnText.Meet(resource, kind.Arn));
}
