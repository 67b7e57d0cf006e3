using Paco.Diagnostics;

namespace Paco.Binding;

/// <summary>
/// An object of the project. Its constructor is its binder: every field is read in a property initialiser, one line a field.
/// </summary>
public abstract class Model
{
    private readonly Enablement _enablement;

    protected Model(Fields f)
    {
        ArgumentNullException.ThrowIfNull(f);
        Name = f.Name;
        Path = f.Path;
        Location = f.Location;
        _enablement = f.Enablement;
        Written = f.Node;
        IsBroken = f.IsBroken;
    }

    /// <summary>Its key in the YAML file, or the file's stem.</summary>
    public string Name { get; }

    /// <summary>Its place in the project: <c>netenv.mynet.dev.us-west-2.network.vpc</c>.</summary>
    public Syntax.ObjectPath Path { get; }

    public Location Location { get; }

    /// <summary>
    /// The YAML it was read from, base and overrides laid together: the place of every field. Null where nothing is written.
    /// </summary>
    internal Syntax.MapNode? Written { get; }

    /// <summary>Where a field is written, or where the object begins.</summary>
    internal Location PlaceOf(string field) => Written?.Find(field)?.Value.Location ?? Location;

    /// <summary>Part of it could not be read; it holds what could.</summary>
    internal bool IsBroken { get; }

    /// <summary>All of it, and of everything in it, could be read.</summary>
    internal bool IsWhole => !IsBroken && Written is not { IsWhole: false };

    /// <summary>The kind references are checked against.</summary>
    public virtual string Kind => GetType().Name;

    /// <summary>How much is known of what it makes and offers.</summary>
    public virtual Knowledge Knowledge => Knowledge.Whole;

    /// <summary>On, and everything it stands in is on. Objects without the field count as on.</summary>
    public bool IsEnabled => _enablement.IsOn;

    /// <summary>What a reference to the object itself is: <c>paco.ref</c> and its path.</summary>
    public Ref ToRef() => new(Path, Path, Location);

    /// <summary>Rules across fields; called once all of them are read.</summary>
    protected internal virtual void Rules(Fields f)
    {
    }
}

/// <summary>
/// The <c>enabled</c> flags from an object up to the project's root. Its own flag is for nobody to read:
/// <see cref="Model.IsEnabled"/> says what comes of them all.
/// </summary>
public sealed class Enablement
{
    private readonly Enablement? _parent;
    private bool? _own;
    private WhenDisabled _whileOff;

    internal Enablement(Enablement? parent) => _parent = parent;

    internal bool IsTop => _parent is null;

    internal bool IsOn => _own != false && (_whileOff == WhenDisabled.Alone || _parent?.IsOn != false);

    /// <summary>Its own flag, whatever it stands in.</summary>
    internal bool IsOwnOn => _own != false;

    /// <summary>What the object still lacks is a mistake: it is on, or is kept although it is off.</summary>
    internal bool MustBeWhole => _own is null ? _parent?.MustBeWhole != false : _whileOff == WhenDisabled.Kept || IsOn;

    internal Enablement Read(bool own, WhenDisabled whileOff)
    {
        (_own, _whileOff) = (own, whileOff);
        return this;
    }
}

/// <summary>What becomes of an object that exists and is switched off.</summary>
public enum WhenDisabled
{
    /// <summary>It is emptied.</summary>
    Emptied,

    /// <summary>It stays as it is, so it must be complete all the same.</summary>
    Kept,

    /// <summary>It is part of something that is kept: its own flag alone says whether it is there.</summary>
    Alone,
}
