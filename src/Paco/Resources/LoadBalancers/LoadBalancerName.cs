using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.LoadBalancers;

/// <summary>The name of a load balancer: network environment, environment, application, group and resource in one word.</summary>
internal static class LoadBalancerName
{
    private const int Limit = 32;

    /// <summary>
    /// The name, shortened where AWS would not take it, and claimed, since a place has it once; reports one that AWS would refuse.
    /// </summary>
    public static string Of(BuildScope scope, Location place)
    {
        var name = Shortened(Names.Physical("", "", scope.Names));
        if (name.EndsWith('-'))
        {
            scope.Build.Bag.Add(BindingCodes.BadName, place,
                $"the load balancer would be called {name}, and AWS takes no name that ends in \"-\"",
                "let its name end in a letter or digit");
        }
        if (scope.Build.Claim($"load balancer {scope.Place} {name}", string.Join('/', scope.Names)) is { } other)
        {
            scope.Build.Bag.Add(StackCodes.NameTaken, place, $"two load balancers would be called {name}: this one and that of {other}",
                "rename one of the two: - and _ are left out, and first letters are large");
        }
        return name;
    }

    /// <summary>The name target groups had before 2020: the load balancer's and their own.</summary>
    public static string OfTargetGroup(BuildScope scope, string name) => Shortened(
        Names.Physical("", "", Shortened(Names.Physical("", "", scope.Names)), Names.LogicalId(name)));

    /// <summary>A hash and the end of a name that is too long, as the original shortened names elsewhere; one that fits stays.</summary>
    public static string Shortened(string name) => name.Length <= Limit ? name : $"{Names.ShortHash(name)}-{name[^(Limit - 9)..]}";
}
