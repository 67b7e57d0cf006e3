using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Dns;
using Paco.Stacks;

namespace Paco.Resources.Eip;

public sealed class EipRoom : Room
{
    public override string Type => "EIP";

    public override string Summary => "A fixed public IPv4 address. An ASG with one instance takes it through its `eip:` field.";

    public override AppResource Bind(Fields f) => new Eip(f);
}

/// <summary>
/// A fixed public address. The address is the physical id, so a replacement would change it: stack name and logical id never change.
/// </summary>
public sealed class Eip(Fields f) : AppResource(f)
{
    public ImmutableArray<Dns.Dns> Dns { get; } = f.List("dns", "Names that resolve to the address (A records).", x => new Dns.Dns(x));

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, "EIP");
        if (IsEnabled)
        {
            stack.Resource("ElasticIP", "AWS::EC2::EIP", new MapValue { ["Domain"] = "vpc" });
            stack.Output("ElasticIPAddress", Fn.Ref("ElasticIP"), $"{Path}.address");
            stack.Address("address", "ElasticIPAddress");
            stack.Output("ElasticIPAllocationId", Fn.GetAtt("ElasticIP", "AllocationId"), $"{Path}.allocation_id");
        }
        RecordSets.Build(scope, this, Dns, new ValueTarget("A", ToRef().Output("address")));
    }
}
