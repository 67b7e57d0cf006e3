using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// Collects one stack while a room builds it; <see cref="BuildContext.Stack"/> begins one. Parameters are declared once, by name; asking
/// again answers the same.
/// </summary>
public sealed class StackBuilder
{
    private readonly BuildContext _build;
    private readonly List<Parameter> _parameters = [];
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly List<Resource> _resources = [];
    private readonly HashSet<string> _logicalIds = new(StringComparer.Ordinal);
    private readonly List<TemplateOutput> _outputs = [];
    private readonly List<OfferedOutput> _offers = [];

    internal StackBuilder(BuildContext build, NodeId id, ObjectPath reference, string title, bool enabled, Location source)
    {
        (_build, Id, Ref, Title, Enabled, Source) = (build, id, reference, title, enabled, source);
    }

    public NodeId Id { get; }

    public ObjectPath Ref { get; }

    public string Title { get; }

    public bool Enabled { get; }

    public Location Source { get; }

    public string? Description { get; set; }

    public MapValue? Metadata { get; set; }

    public ImmutableArray<KeyValuePair<string, string>> Tags { get; set; } = [];

    public ImmutableArray<string> Capabilities { get; set; } = [];

    public bool TerminationProtection { get; set; }

    public bool ChangeProtected { get; set; }

    public List<NodeId> After { get; } = [];

    public List<StackInquiry> Inquiries { get; } = [];

    /// <summary>A parameter with a value from the files.</summary>
    public Value Parameter(string name, string text) => Declare(new Parameter(name, "String", new LiteralSource(text)));

    /// <summary>A parameter with a secret: AWS masks it, and so do we.</summary>
    public Value Parameter(string name, Secret secret) => Declare(new Parameter(name, "String", new SecretSource(secret)));

    /// <summary>A parameter fed by what another object offers.</summary>
    public Value Input(string name, Ref reference, string type = "String") => Declare(new Parameter(name, type, new RefSource(reference)));

    /// <summary>
    /// The same under a name that two objects may share (their last one): whatever comes second has the hash of its reference behind it.
    /// </summary>
    public Value SharedInput(string name, Ref reference) =>
        Input(_parameters.Any(p => p.Name == name && !IsOf(p.Source, reference)) ? name + Names.Md5(reference.Text) : name, reference);

    /// <summary>A parameter from any source.</summary>
    public Value Input(string name, Source source, string type = "String") => Declare(new Parameter(name, type, source));

    /// <summary>A list parameter fed by several objects.</summary>
    public Value InputList(string name, IEnumerable<Ref> references, string type) =>
        Declare(new Parameter(name, type, new ListSource([.. references.Select(r => (Source)new RefSource(r))])));

    /// <summary>A reference or plain text as a value: the reference becomes a parameter of that name, the text stands as it is.</summary>
    public Value RefOrText(string name, RefOrText value, string suffix = "") =>
        value.Ref is { } reference ? Input(name, reference.Output(suffix)) : value.Text!;

    public Resource Resource(string logicalId, string type, MapValue properties, Location source = default)
    {
        var resource = new Resource(logicalId, type, properties) { Source = source.IsNone ? Source : source };
        return Add(resource);
    }

    public Resource Add(Resource resource)
    {
        if (!_logicalIds.Add(resource.LogicalId))
        {
            _build.Bag.Add(StackCodes.NameTaken, resource.Source, $"two resources of {Id.Name} would be called {resource.LogicalId}",
                "rename one: only letters and digits of a name count here", subject: Ref);
        }
        else
        {
            _resources.Add(resource.Source.IsNone ? resource with { Source = Source } : resource);
        }
        return resource;
    }

    /// <summary>An output, and the references it answers.</summary>
    public void Output(string key, Value value, params ReadOnlySpan<string> refs)
    {
        ImmutableArray<string> answered = [.. refs];
        _outputs.Add(new TemplateOutput(key, value));
        _offers.Add(new OfferedOutput(key, answered));
        if (answered.IsEmpty)
            return;
        var offer = new Offer(new OutputSource(Id, key));
        foreach (var reference in answered)
            _build.Offers.Add(reference, offer);
    }

    /// <summary>Says that what the stack makes writes to a log group, by its name.</summary>
    public void Log(string groupName) => Log(new LiteralSource(groupName));

    /// <summary>The same where the name is only known once the stack is there.</summary>
    public void Log(Source groupName) => _build.Logs.Add(new WrittenLog(Id, Ref, groupName));

    /// <summary>Says that an output is how people reach what the stack makes.</summary>
    public void Address(string name, string outputKey) => _build.Addresses.Add(new Address(Id, Ref, name, new OutputSource(Id, outputKey)));

    /// <summary>The stack as it is now. One without resources has a placeholder, since CloudFormation takes no empty template.</summary>
    internal Stack ToStack() => new()
    {
        Id = Id,
        Ref = Ref,
        Title = Title,
        Enabled = Enabled,
        Template = new Template
        {
            Description = Description,
            Metadata = Metadata,
            Parameters = [.. _parameters.Select(p => p.Declaration)],
            Resources = _resources.Count > 0
                ? [.. _resources]
                : [CloudFormation.Resource.Placeholder with { Source = Source }],
            Outputs = [.. _outputs],
        },
        Parameters = [.. _parameters],
        Outputs = [.. _offers],
        Tags = [.. Tags, .. StackTags.Own(Id.Name, _build.ProjectMark)],
        Capabilities = Capabilities,
        TerminationProtection = TerminationProtection,
        ChangeProtected = ChangeProtected,
        After = [.. After],
        Inquiries = [.. Inquiries],
    };

    private static bool IsOf(Source source, Ref reference) => source is RefSource own && own.Reference.Path == reference.Path;

    private RefValue Declare(Parameter parameter)
    {
        if (_declared.Add(parameter.Name))
            _parameters.Add(parameter);
        return SharedValues.Ref(parameter.Name);
    }
}
