namespace Paco.Tests.Rights.Evaluation;

/// <summary>One action on one resource. A request that does several things is several of these, and needs all of them.</summary>
/// <param name="Action"><c>s3:GetObject</c></param>
/// <param name="Resource">An ARN; <c>*</c> for what is done to no single resource.</param>
internal sealed record Call(Caller Caller, string Action, string Resource)
{
    public Context Context { get; init; } = Context.Empty;

    public bool IsAssumption => Action.Equals("sts:AssumeRole", StringComparison.OrdinalIgnoreCase);

    public bool IsOfKey =>
        Action.StartsWith("kms:", StringComparison.OrdinalIgnoreCase) && Resource.Contains(":key/", StringComparison.Ordinal);
}

internal enum Verdict
{
    Allowed,

    /// <summary>No statement allows it.</summary>
    NotAllowed,

    /// <summary>A statement denies it, whatever others allow.</summary>
    Denied,
}

/// <param name="Why">What is missing, or what denies; who lets it in where it is allowed.</param>
internal sealed record Decision(Verdict Verdict, string Why)
{
    public bool IsAllowed => Verdict == Verdict.Allowed;

    public override string ToString() => $"{Verdict}: {Why}";
}
