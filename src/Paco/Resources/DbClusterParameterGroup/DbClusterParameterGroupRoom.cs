using Paco.Binding;
using Paco.Resources.Rds;
using Paco.Stacks;

namespace Paco.Resources.DbClusterParameterGroup;

public sealed class DbClusterParameterGroupRoom : Room
{
    public override string Type => "DBClusterParameterGroup";

    public override string Summary => "Settings of a database engine, for Aurora clusters that name it as their `cluster_parameter_group`.";

    public override AppResource Bind(Fields f) => new DbClusterParameterGroup(f);
}

/// <summary>A parameter group of Aurora clusters.</summary>
public sealed class DbClusterParameterGroup(Fields f) : ParameterGroup(f)
{
    internal override string ResourceName => "DBClusterParameterGroup";
}
