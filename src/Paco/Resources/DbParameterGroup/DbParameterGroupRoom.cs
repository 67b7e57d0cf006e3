using Paco.Binding;
using Paco.Resources.Rds;
using Paco.Stacks;

namespace Paco.Resources.DbParameterGroup;

public sealed class DbParameterGroupRoom : Room
{
    public override string Type => "DBParameterGroup";

    public override string Summary => "Settings of a database engine, for instances that name it as their `parameter_group`.";

    public override AppResource Bind(Fields f) => new DbParameterGroup(f);
}

/// <summary>A parameter group of instances.</summary>
public sealed class DbParameterGroup(Fields f) : ParameterGroup(f)
{
    internal override string ResourceName => "DBParameterGroup";
}
