namespace Paco.Syntax;

/// <summary>
/// The way to an object of the project or to an output of one: names joined with dots, <c>netenv.mynet.dev.us-west-2.network.vpc.id</c>.
/// The text of a reference is read into one once; whoever needs a part of it asks here.
/// </summary>
public readonly record struct ObjectPath(string Text)
{
    /// <summary>The way to nothing in particular: everything lies below it.</summary>
    public static readonly ObjectPath Root = new("");

    public string[] Parts => Text.Split('.');

    /// <summary>The first name: <c>netenv</c>, <c>resource</c>, <c>accounts</c>, …</summary>
    public string First => Text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? Text[..dot] : Text;

    /// <summary>The last name.</summary>
    public string Last => Text[(Text.LastIndexOf('.') + 1)..];

    /// <summary>The path one name shorter.</summary>
    public ObjectPath Parent => Text.LastIndexOf('.') is > 0 and var dot ? new(Text[..dot]) : Root;

    /// <summary>The path, and every shorter one down to its first name.</summary>
    public IEnumerable<ObjectPath> AndAbove
    {
        get
        {
            for (var path = this; path != Root; path = path.Parent)
                yield return path;
        }
    }

    /// <summary>The name of the account it leads to, or null where it leads elsewhere.</summary>
    public string? Account => Parts is ["accounts", var name, ..] ? name : null;

    /// <summary>The environment it lies in; null outside of any.</summary>
    public EnvironmentPath? Environment => Parts switch
    {
        ["netenv", var netenv, var name, var region, ..] => new(netenv, name, region),
        ["netenv", var netenv, var name] => new(netenv, name, null),
        _ => null,
    };

    /// <summary>The name of the application it lies in; null outside of any.</summary>
    public string? Application => Parts is ["netenv", _, _, _, "applications", var name, ..] ? name : null;

    /// <summary>The path of something below this one; the path itself for an empty text.</summary>
    public ObjectPath Below(string names) => names.Length == 0 ? this : Text.Length == 0 ? new(names) : new($"{Text}.{names}");

    /// <summary>True for the path itself and every one below it.</summary>
    public bool Covers(ObjectPath other) =>
        Text.Length == 0 || other.Text == Text
        || (other.Text.Length > Text.Length && other.Text[Text.Length] == '.' && other.Text.StartsWith(Text, StringComparison.Ordinal));

    /// <summary>What is left of a path that this one covers.</summary>
    public ObjectPath Rest(ObjectPath other) => new(other.Text[Math.Min(other.Text.Length, Text.Length == 0 ? 0 : Text.Length + 1)..]);

    public override string ToString() => Text;

    public static implicit operator string(ObjectPath path) => path.Text;

    public static implicit operator ObjectPath(string text) => new(text);
}

/// <summary>Where in a network environment something lies.</summary>
/// <param name="Region">Null for the environment in all of its regions.</param>
public readonly record struct EnvironmentPath(string NetworkEnvironment, string Name, string? Region);

/// <summary>Where references go that are written for another place: into a copied application, an imported group or file.</summary>
public readonly record struct Move(ObjectPath From, ObjectPath To)
{
    public ObjectPath Of(ObjectPath path) => From.Covers(path) ? To.Below(From.Rest(path)) : path;
}
