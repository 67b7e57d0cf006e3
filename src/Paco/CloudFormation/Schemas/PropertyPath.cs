using System.Text;

namespace Paco.CloudFormation.Schemas;

/// <summary>The way from the top of a resource's properties to a value; written out only when there is something to say.</summary>
internal sealed class PropertyPath
{
    private readonly PropertyPath? parent;
    private readonly string? name;
    private readonly int index;

    private PropertyPath(PropertyPath? parent, string? name, int index) => (this.parent, this.name, this.index) = (parent, name, index);

    public static PropertyPath Top { get; } = new(null, null, 0);

    public PropertyPath Property(string property) => new(this, property, 0);

    public PropertyPath Item(int number) => new(this, null, number);

    /// <summary>What a message calls the value: <c>Port</c>, <c>Subnets[1]</c>; the whole is <c>Properties</c>.</summary>
    public string Leaf => this switch
    {
        { parent: null } => "Properties",
        { name: { } own } => own,
        _ => $"{parent!.Leaf}[{index}]",
    };

    /// <summary>As a schema writes it: <c>Rules/*/Id</c>.</summary>
    public string SchemaPath => parent is null ? "" : parent.parent is null ? name ?? "*" : $"{parent.SchemaPath}/{name ?? "*"}";

    /// <summary>As a person writes it: <c>Rules[0].Id</c>.</summary>
    public override string ToString()
    {
        if (parent is null)
        {
            return "";
        }

        var text = new StringBuilder(parent.ToString());
        return (name is null ? text.Append('[').Append(index).Append(']') : text.Append(text.Length > 0 ? "." : "").Append(name)).ToString();
    }
}
