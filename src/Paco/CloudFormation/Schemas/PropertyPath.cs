using System.Text;

namespace Paco.CloudFormation.Schemas;

/// <summary>The way from the top of a resource's properties to a value; written out only when there is something to say.</summary>
internal sealed class PropertyPath
{
    private readonly PropertyPath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private PropertyPath(PropertyPath? parent, string? name, int index) => (_parent, _name, _index) = (parent, name, index);

    public static PropertyPath Top { get; } = new(null, null, 0);

    public PropertyPath Property(string property) => new(this, property, 0);

    public PropertyPath Item(int number) => new(this, null, number);

    /// <summary>What a message calls the value: <c>Port</c>, <c>Subnets[1]</c>; the whole is <c>Properties</c>.</summary>
    public string Leaf => this switch
    {
        { _parent: null } => "Properties",
        { _name: { } own } => own,
        _ => $"{_parent!.Leaf}[{_index}]",
    };

    /// <summary>As a schema writes it: <c>Rules/*/Id</c>.</summary>
    public string SchemaPath => _parent is null ? "" : _parent._parent is null ? _name ?? "*" : $"{_parent.SchemaPath}/{_name ?? "*"}";

    /// <summary>As a person writes it: <c>Rules[0].Id</c>.</summary>
    public override string ToString()
    {
        if (_parent is null)
        {
            return "";
        }

        var text = new StringBuilder(_parent.ToString());
        return (_name is null ? text.Append('[').Append(_index).Append(']') : text.Append(text.Length > 0 ? "." : "").Append(_name))
            .ToString();
    }
}
