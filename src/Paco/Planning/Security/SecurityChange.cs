using Paco.Diagnostics;

namespace Paco.Planning.Security;

/// <summary>An access that comes or goes with a plan.</summary>
/// <param name="LogicalId">The resource of the stack that carries it.</param>
/// <param name="IsAdded">It comes; otherwise it goes.</param>
public sealed record SecurityChange(PlannedStack Stack, string LogicalId, bool IsAdded, Access Access)
{
    /// <summary>It goes, forbade something, and nothing forbids in its place.</summary>
    public bool IsDenialLifted { get; init; }

    /// <summary>Where in the project's files the resource comes from; nowhere for one that goes.</summary>
    public Location Source { get; init; }

    /// <summary>What is dangerous about the change; taking something dangerous away is not.</summary>
    public Danger Danger => IsAdded ? Access.Danger : IsDenialLifted ? Danger.DenialLifted : Danger.None;

    /// <summary>The words for <see cref="Danger"/>, or for the danger that goes; null where there is none.</summary>
    public string? Mark => (IsAdded, Access.Danger) switch
    {
        (false, Danger.OpenToInternet or Danger.Anybody or Danger.FullAdmin) => $"was {Words(Access.Danger)}",
        _ => Danger == Danger.None ? null : Words(Danger),
    };

    /// <summary>The whole change as one line.</summary>
    public string Sentence =>
        $"{(IsAdded ? "+" : "-")} {Stack.Node.Title}  {Access.Holder}  {Access.Say()}{(Mark is null ? "" : $"  ({Mark})")}";

    private string Words(Danger danger) => (danger, Access) switch
    {
        (Danger.Wide, _) => "wide",
        (Danger.DenialLifted, PublicAccess) => "may become public",
        (Danger.DenialLifted, _) => "no longer forbidden",
        (Danger.OpenToInternet, _) => "open to the internet",
        (Danger.Anybody, _) => "open to anybody",
        (Danger.FullAdmin, _) => "full admin",
        _ => "",
    };
}
