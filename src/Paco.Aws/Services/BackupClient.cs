using System.Collections.Immutable;
using System.Text.Json;
using Paco.Aws.Signing;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>AWS Backup over REST-JSON. Source: AWS Backup API Reference, 2018-11-15.</summary>
internal sealed class BackupClient(ServiceCaller caller) : IBackup
{
    public async Task<ImmutableArray<RecoveryPoint>?> ListRecoveryPoints(string vault, CancellationToken cancel)
    {
        try
        {
            var all = await Pages.All(token => caller.Json(
                Request("ListRecoveryPointsByBackupVault", HttpMethod.Get, $"{PathOf(vault)}/recovery-points/") with
                {
                    Query = token is null ? [] : [new Pair("nextToken", token)],
                },
                page => ((IEnumerable<RecoveryPoint>)[.. page.List("RecoveryPoints").Select(Read)], page.Text("NextToken")),
                cancel));
            return [.. all];
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public Task DeleteRecoveryPoint(string vault, string recoveryPointArn, CancellationToken cancel) =>
        OrGone(Request("DeleteRecoveryPoint", HttpMethod.Delete,
            $"{PathOf(vault)}/recovery-points/{Uri.EscapeDataString(recoveryPointArn)}"), cancel);

    public Task DeleteVault(string vault, CancellationToken cancel) =>
        OrGone(Request("DeleteBackupVault", HttpMethod.Delete, PathOf(vault)), cancel);

    private async Task OrGone(WireRequest request, CancellationToken cancel)
    {
        try
        {
            await caller.Answer(request, _ => true, cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            // Somebody was quicker.
        }
    }

    private static RecoveryPoint Read(JsonElement point) => new(point.Need("RecoveryPointArn"), point.Need("ResourceArn"),
        DateTimeOffset.FromUnixTimeMilliseconds((long)(point.GetProperty("CreationDate").GetDouble() * 1000)));

    private static string PathOf(string vault) => $"/backup-vaults/{Uri.EscapeDataString(vault)}";

    private static WireRequest Request(string operation, HttpMethod method, string path) => new()
    {
        Service = AwsService.Backup,
        Operation = operation,
        Method = method,
        Path = path,
        Repeatable = true,
    };
}
