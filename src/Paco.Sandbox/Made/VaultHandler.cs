using Paco.Sandbox.Services.Backup;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>A vault of AWS Backup: it goes only when nothing is in it.</summary>
internal sealed class VaultHandler : ResourceHandler
{
    protected override void CheckDelete(Store store, LiveResource it)
    {
        if (BackupVaults.Holds(store, it))
        {
            throw new ResourceFailure($"{BackupVaults.NotEmpty} (Service: Backup, Status Code: 400, Error Code: InvalidRequestException)");
        }
    }
}
