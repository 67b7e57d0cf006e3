using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;

namespace Paco.Stacks;

/// <summary>An account, and the regions of it that something is wanted in.</summary>
public sealed class AccountRegions(Fields f) : Model(f)
{
    private const string All = "ALL";

    private static readonly Check Region = Check.Among("an AWS region such as us-west-2, or ALL", [.. Regions.All, All]);

    public Ref? Account { get; } = f.Ref("account", "The account.", "Account", required: true);

    public ImmutableArray<string> InRegions { get; } =
        f.Texts("regions", "The regions; ALL means the project's active_regions.", Region);

    protected internal override void Rules(Fields f)
    {
        if (InRegions.IsEmpty)
            f.Lacks("regions", "\"regions\" names no region", "regions: [us-west-2], or [ALL] for all active_regions of the project");
    }

    /// <summary>Account, as it is written, and region, each once; none where the account is missing.</summary>
    internal IEnumerable<Place> Places(GlobalScope scope) => Account?.Path.Account is { } account
        ? InRegions.SelectMany(r => r == All ? scope.Build.ActiveRegions : [r]).Distinct().Select(r => new Place(account, r))
        : [];
}
