using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.Ssm;

public sealed class SsmRoom : GlobalRoom
{
    public override string FileStem => "ssm";

    public override string Summary => "Documents of Systems Manager: what is run on instances, how sessions are set up.";

    public override GlobalResource Bind(Fields f) => new Ssm(f);

    protected internal override ObjectPath? PathOf(string stackName)
    {
        const string Begin = "Resource-SSM-";
        const string End = "-Document";
        return stackName.StartsWith(Begin, StringComparison.Ordinal) && stackName.EndsWith(End, StringComparison.Ordinal)
            && stackName.Length > Begin.Length + End.Length
                ? new($"resource.ssm.ssm_documents.{stackName[Begin.Length..^End.Length]}")
                : null;
    }
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
