using Paco.Binding;
using Paco.Clouds;
using Paco.Resources.Backup;
using Paco.Resources.Secrets;

namespace Paco.Project;

/// <summary>
/// A file below <c>netenv/</c> as it is written: base sections, and environments with what differs. Only its shape is asked
/// for: objects are bound where the layers are laid over each other, in <see cref="RegionalEnvironment"/>.
/// </summary>
internal sealed class NetenvFile : Model
{
    public NetenvFile(Fields f)
        : base(f)
    {
        f.Text("title", "Free text for people.", "");
        f.Text("import_from", Imports.Doc);
        f.Object("network", "The network, as far as all environments have it in common.", x => new Network.Network(x));
        f.Map("applications", "Applications that environments may name.", x => new Application(x));
        f.Object("secrets_manager", "Secrets that environments may name.", x => new SecretsManager(x));
        f.Map("backup_vaults", "Backups that environments may have.", x => new BackupVault(x));
        f.Map("environments", "The environments.", x => new NetenvFileEnvironment(x));
    }

    /// <summary>An environment as it is written.</summary>
    private sealed class NetenvFileEnvironment : Model
    {
        public NetenvFileEnvironment(Fields f)
            : base(f)
        {
            f.Text("title", "Free text for people.", "");
            f.Object("default",
                "What differs from the base in all of its regions. It names its applications, secrets and account.",
                x => new RegionalEnvironment(x));
            f.Rest(
                "What differs in one region. An environment exists where it has a region that is enabled.", x => new RegionalEnvironment(x),
                names: [.. Regions.All]);
        }
    }
}
