using Paco.Binding;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.Config;

public sealed class ConfigRoom : GlobalRoom
{
    public override string FileStem => "config";

    public override string Summary => "AWS Config: how resources of every account were configured when, kept in a bucket of one of them.";

    public override GlobalResource Bind(Fields f) => new ConfigFile(f);

    protected internal override ObjectPath? PathOf(string stackName) =>
        stackName.StartsWith("Resource-Config-", StringComparison.Ordinal) ? new("resource.config") : null;
}

/// <summary>What <c>resource/config.yaml</c> holds.</summary>
public sealed class ConfigFile(Fields f) : GlobalResource(f)
{
    public Recorder? Config { get; } = f.Object("config", "What is recorded, and where it goes.", x => new Recorder(x));

    protected internal override void Build(GlobalScope scope)
    {
        if (Config is not null)
            new RecorderStacks(Config, scope).Build();
    }
}
