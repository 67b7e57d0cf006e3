using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// The one folder that holds everything about a <c>type:</c> of resource. A class <c>…Room</c> in a folder below
/// <c>Resources/</c> registers it; nothing else has to be touched.
/// </summary>
public abstract class Room
{
    /// <summary>The word written as <c>type:</c>.</summary>
    public abstract string Type { get; }

    /// <summary>One sentence for the reference pages.</summary>
    public abstract string Summary { get; }

    /// <summary>The diagnostics it reports besides those every object can have.</summary>
    public virtual IEnumerable<Diagnostics.DiagnosticCode> Codes => [];

    public abstract AppResource Bind(Fields f);
}

/// <summary>A resource of an application: the fields all of them take, and the stacks it makes.</summary>
/// <param name="whileOff">What becomes of one that exists and is switched off.</param>
/// <param name="isOn">What <c>enabled</c> is where nobody says it.</param>
public abstract class AppResource(Fields f, WhenDisabled whileOff = WhenDisabled.Emptied, bool isOn = false) : Model(f)
{
    public string Type { get; } = f.RequiredText("type", "What it is.");

    public string Title { get; } = f.Text("title", "Free text for people; no name depends on it.", "");

    public Enablement Enabled { get; } = f.Enabled(isOn, whileOff);

    public int Order { get; } = f.Int("order", "Breaks ties between resources that do not need each other.", 0, min: 0);

    public bool ChangeProtected { get; } = f.Flag("change_protected", "Never update or delete it, whatever else changes.", false);

    public bool DnsEnabled { get; } = f.Flag("dns_enabled", "Make its DNS records.", true);

    public bool ForceDnsEnabled { get; } =
        f.Flag("force_dns_enabled", "Make its DNS records even where something above switches them off.", false);

    public override string Kind => Type;

    /// <summary>Makes its stacks and actions, and says what it offers to others.</summary>
    protected internal abstract void Build(BuildScope scope);
}

/// <summary>
/// A file below <c>resource/</c> and everything in it. A class <c>…Room</c> in a folder below <c>Global/</c> registers it.
/// </summary>
public abstract class GlobalRoom
{
    /// <summary>The stem of the file: <c>route53</c>.</summary>
    public abstract string FileStem { get; }

    /// <summary>
    /// The second part of references and scopes. It is another file's stem where this is an older form of that file: then the newer one
    /// counts where both are there.
    /// </summary>
    public virtual string Section => FileStem;

    public abstract string Summary { get; }

    /// <summary>The diagnostics it reports besides those every object can have.</summary>
    public virtual IEnumerable<Diagnostics.DiagnosticCode> Codes => [];

    public abstract GlobalResource Bind(Fields f);

    /// <summary>
    /// The object a stack of that name was made for, as far as the name says it, for those that left the file; null for every other
    /// stack. The name says what it is, and not whose.
    /// </summary>
    protected internal virtual ObjectPath? PathOf(string stackName) => null;

    /// <summary>Its stacks let people in: those that left go with the next run, asked for or not.</summary>
    protected internal virtual bool LetsPeopleIn => false;

    /// <summary>
    /// What the file's actions once made in a place, where that says whose it is, configured still or not; nothing is asked where they
    /// make nothing of the kind.
    /// </summary>
    /// <param name="projectMark">What the project's own is told from others' by.</param>
    protected internal virtual Task<ImmutableArray<MadeAction>> Made(ICloud cloud, Place place, string projectMark, ObjectIndex objects,
        CancellationToken cancel) => Task.FromResult<ImmutableArray<MadeAction>>([]);
}

/// <summary>Something that is there, and the action that made it.</summary>
public sealed record MadeAction(CloudAction Action, ActionState State);

/// <summary>What a file below <c>resource/</c> holds.</summary>
public abstract class GlobalResource(Fields f) : Model(f)
{
    /// <summary>Before anything is built: says what it needs of the stacks of others, and what others may ask of its own.</summary>
    protected internal virtual void Ask(GlobalScope scope)
    {
    }

    /// <summary>Makes its stacks and actions.</summary>
    protected internal abstract void Build(GlobalScope scope);
}

/// <summary>
/// What globals build in: no environment, several accounts; <paramref name="DefaultRegion"/> is the management account's.
/// </summary>
public sealed record GlobalScope(BuildContext Build, string DefaultRegion);
