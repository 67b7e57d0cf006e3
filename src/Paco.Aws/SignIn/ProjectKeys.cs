using Paco.Clouds;
using Paco.Project;

namespace Paco.Aws.SignIn;

/// <summary>
/// The keys of a project's <c>.credentials.yaml</c>; where it names their user, a session opened with the code of the user's MFA device.
/// </summary>
internal sealed class ProjectKeys(Conversation conversation, CredentialsFile file) : CredentialSource
{
    private readonly AwsKeys _keys = new(file.AccessKeyId!, file.SecretAccessKey!);

    public override string Name => $"the project's {CredentialsFile.Name}";

    public override string Identity => $"{file.AccessKeyId} {file.UserName}";

    public override string Remedy =>
        $"Are the keys in {CredentialsFile.Name} still those of the user, and active? Make new ones in IAM, move the file away, and paco init credentials writes it anew; --profile NAME and keys in the environment go before it.";

    public override async Task<AwsKeys> Fetch(CancellationToken cancel)
    {
        if (file.UserName is null)
            return _keys;
        var duration = TimeSpan.FromSeconds(file.MfaSessionSeconds);
        // One that is about to end would have somebody asked again in the middle of a run.
        var left = TimeSpan.FromTicks(Math.Min(duration.Ticks / 4, TimeSpan.TicksPerHour));
        return await conversation.Kept($"session {Identity}", left, whose => (file.MasterAccountId ?? whose.Account) == whose.Account,
            () => Open(duration, cancel), cancel);
    }

    private async Task<AwsKeys> Open(TimeSpan duration, CancellationToken cancel)
    {
        // A code is too good to be lost on keys that AWS does not take, or that belong to another account.
        var account = (await conversation.Sts.GetCallerIdentity(new FixedKeys(_keys), cancel)).Account;
        if (file.MasterAccountId is { } meant && meant != account)
        {
            throw Conversation.Blocked(
                $"The keys in {CredentialsFile.Name} belong to account {account}, and its master_account_id is {meant}. Nothing was read or changed.\nCorrect that line, or write the keys of a user of {meant}: move the file away and run paco init credentials.",
                "WrongAccount");
        }
        var serial = $"arn:{Partition.Of(conversation.Options.Region).Name}:iam::{account}:mfa/{file.UserName}";
        return await conversation.MfaCodes.With(conversation, serial, $"master_admin_iam_username in {CredentialsFile.Name}",
            code => conversation.Sts.GetSessionToken(new FixedKeys(_keys), serial, code, duration, cancel), cancel);
    }
}
