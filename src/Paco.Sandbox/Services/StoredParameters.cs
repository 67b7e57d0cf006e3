using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Services;

/// <summary>What Systems Manager keeps under a name: what a stack of the account made, or one of AWS's public parameters.</summary>
internal static class StoredParameters
{
    /// <summary>The value, or null. A trailing <c>:version</c> is allowed; there is one version of each.</summary>
    public static string? Value(Store store, string account, string region, string name) =>
        store.Find(account, region, "AWS::SSM::Parameter", name.Split(':')[0])?.Properties["Value"]?.ToString()
        ?? PublicParameters.Value(region, name);
}
