using System.Collections.Immutable;
using Paco.Binding;

namespace Paco.Resources.Rds;

/// <summary>An option of the engine: an item of <c>option_configurations</c>.</summary>
public sealed class OptionConfiguration(Fields f) : Model(f)
{
    public string OptionName { get; } = f.RequiredText("option_name", "The option's name, such as MARIADB_AUDIT_PLUGIN.");

    public ImmutableArray<OptionSetting> OptionSettings { get; } = f.List("option_settings", "Its settings.", x => new OptionSetting(x));

    public string? OptionVersion { get; } = f.Text("option_version", "Its version, where it has some.");

    public Given<int>? Port { get; } = f.Int("port", "The port it listens on, where it has one.", min: 1, max: 65535);
}

/// <summary>A setting of an option.</summary>
public sealed class OptionSetting(Fields f) : Model(f)
{
    public string SettingName { get; } = f.RequiredText("name", "The setting's name.");

    public RefOrText? Value { get; } = f.RefOrText("value", "Its value.", required: true);
}
