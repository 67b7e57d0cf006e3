using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Access keys that STS handed out, with the account they are for.</summary>
internal static class Sessions
{
    /// <summary>Who a key belongs to. A key nobody handed out is the management account's.</summary>
    public static CallingPrincipal Find(Store store, SandboxContext world, Credential credential, DateTimeOffset now)
    {
        var session = store.Row(
            "SELECT account, arn, user_id, expires FROM sessions WHERE key = $1",
            row => new { Caller = new CallingPrincipal(row.GetString(0), row.GetString(1), row.GetString(2)), Expires = row.GetInt64(3) },
            credential.AccessKeyId);
        if (session is null)
        {
            var account = world.Options.ManagementAccountId;
            return new(account, $"arn:{SandboxContext.Partition(credential.Region)}:iam::{account}:user/sandbox",
                $"AIDA{new DeterministicIds($"user {account}").Capitals(17)}");
        }

        return session.Expires > now.ToUnixTimeMilliseconds()
            ? session.Caller
            : throw new AwsError("ExpiredToken", "The security token included in the request is expired", 403);
    }

    /// <summary>Makes a key for a caller; the answer is the key.</summary>
    public static string Open(Store store, CallingPrincipal caller, DateTimeOffset now, int seconds)
    {
        var count = store.Number("SELECT count(*) FROM sessions");
        var key = $"ASIA{new DeterministicIds($"session {count} {caller.Arn}").Capitals(16)}";
        store.Run(
            "INSERT OR REPLACE INTO sessions(key, account, arn, user_id, expires) VALUES($1, $2, $3, $4, $5)",
            key, caller.Account, caller.Arn, caller.UserId, now.AddSeconds(seconds).ToUnixTimeMilliseconds());
        return key;
    }

    public static void Expire(Store store, string key) => store.Run("UPDATE sessions SET expires = 0 WHERE key = $1", key);
}
