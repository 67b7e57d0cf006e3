namespace Paco.Clouds;

/// <summary>Where a call goes: one of the project's accounts, by its name in <c>accounts/</c>, and a region (<c>us-west-2</c>).</summary>
public readonly record struct Place(string Account, string Region) : IComparable<Place>
{
    public Partition Partition => Partition.Of(Region);

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
