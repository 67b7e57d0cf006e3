using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Global.Ssm;

public sealed class SsmRoom : GlobalRoom
{
    public override string FileStem => "ssm";

    public override string Summary => "Documents of Systems Manager: what is run on instances, how sessions are set up.";

    public override GlobalResource Bind(Fields f) => new Ssm(f);
}

/// <summary>What <c>resource/ssm.yaml</c> holds: one stack a document, account and region.</summary>
public sealed class Ssm(Fields f) : GlobalResource(f)
{
    public ImmutableArray<SsmDocument> Documents { get; } =
        f.Map("ssm_documents", "Documents. A document's name in AWS is its name here.", x => new SsmDocument(x));

    protected internal override void Build(GlobalScope scope)
    {
        foreach (var document in Documents)
        {
            foreach (var place in document.Locations.SelectMany(l => l.Places(scope)).Distinct())
                document.Build(scope.Build, place);
        }
    }
}
