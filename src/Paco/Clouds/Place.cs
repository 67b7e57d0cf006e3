namespace Paco.Clouds;

/// <summary>Where a call goes: one of the project's accounts, by its name in <c>accounts/</c>, and a region (<c>us-west-2</c>).</summary>
public readonly record struct Place(string Account, string Region) : IComparable<Place>
{
    /// <summary>The first part of every ARN there, as CloudFormation's <c>AWS::Partition</c> gives it.</summary>
    public string Partition =>
        Region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn" : Region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    public int CompareTo(Place other) =>
        (string.CompareOrdinal(Account, other.Account), string.CompareOrdinal(Region, other.Region)) switch
        {
            (0, var region) => region,
            (var account, _) => account,
        };

    public override string ToString() => $"{Account} · {Region}";

    public static bool operator <(Place left, Place right) => left.CompareTo(right) < 0;

    public static bool operator >(Place left, Place right) => left.CompareTo(right) > 0;

    public static bool operator <=(Place left, Place right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Place left, Place right) => left.CompareTo(right) >= 0;
}
