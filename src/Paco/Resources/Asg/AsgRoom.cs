using Paco.Binding;
using Paco.Stacks;

namespace Paco.Resources.Asg;

public sealed class AsgRoom : Room
{
    public override string Type => "ASG";

    public override string Summary => "A group of EC2 instances that are made alike, replaced when they change or fail, and scaled.";

    public override IEnumerable<Diagnostics.DiagnosticCode> Codes => [AsgMounts.OtherZone, AsgMounts.Unreachable];

    public override AppResource Bind(Fields f) => new Asg(f);
}
