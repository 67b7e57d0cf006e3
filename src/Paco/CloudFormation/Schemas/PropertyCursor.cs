namespace Paco.CloudFormation.Schemas;

/// <summary>
/// Where in a resource's properties a check is: a <see cref="PropertyPath"/> while it is walked. All cursors of a walk share their
/// steps, so that going on costs nothing: one holds until something beside it, or beside what is above it, is looked at.
/// </summary>
internal readonly struct PropertyCursor
{
    private readonly List<(string? Name, int Index)> _steps;
    private readonly int _length;

    public PropertyCursor()
        : this([], 0)
    {
    }

    private PropertyCursor(List<(string? Name, int Index)> steps, int length) => (_steps, _length) = (steps, length);

    /// <summary>What a message calls the value: <c>Port</c>, <c>Subnets[1]</c>; the whole is <c>Properties</c>.</summary>
    public string Leaf => Path.Leaf;

    /// <summary>As a schema writes it: <c>Rules/*/Id</c>.</summary>
    public string SchemaPath => _length == 1 ? _steps[0].Name ?? "*" : Path.SchemaPath;

    // To be told, it is one that lasts.
    private PropertyPath Path
    {
        get
        {
            var path = PropertyPath.Top;
            foreach (var (name, index) in _steps.Take(_length))
                path = name is null ? path.Item(index) : path.Property(name);
            return path;
        }
    }

    public PropertyCursor Property(string property) => Below(property, 0);

    public PropertyCursor Item(int number) => Below(null, number);

    /// <summary>As a person writes it: <c>Rules[0].Id</c>.</summary>
    public override string ToString() => Path.ToString();

    private PropertyCursor Below(string? name, int index)
    {
        if (_length < _steps.Count)
            _steps[_length] = (name, index);
        else
            _steps.Add((name, index));
        return new(_steps, _length + 1);
    }
}
