namespace Paco.Clouds;

/// <summary>
/// Whatever answers the AWS API: AWS itself, the built-in sandbox, moto and its like. Every service below is a thin typed
/// client of the real wire protocol; every operation throws <see cref="CloudException"/> and nothing else but cancellation.
/// Implementations are safe to use from many tasks at once and keep one session per account.
/// </summary>
public interface ICloud
{
    /// <summary>
    /// Signs in to every account named, in parallel, and proves each with STS GetCallerIdentity against the account id the
    /// project states and, as far as the credentials may ask, the organization's name for it. Throws for the first account (in the
    /// order given) that cannot be proved.
    /// </summary>
    Task SignIn(IReadOnlyCollection<string> accounts, CancellationToken cancel);

    ICloudFormation CloudFormation(Place place);

    IEc2 Ec2(Place place);

    IAutoScaling AutoScaling(Place place);

    ISsm Ssm(Place place);

    IS3 S3(Place place);

    IRoute53 Route53(Place place);

    IAcm Acm(Place place);

    /// <summary>IAM, which is the account's: the region only says in which partition.</summary>
    IIam Iam(Place place);

    IOrganizations Organizations(Place place);

    ISns Sns(Place place);

    ICloudWatch CloudWatch(Place place);

    ICloudWatchLogs CloudWatchLogs(Place place);

    IBackup Backup(Place place);

    IEcr Ecr(Place place);

    ICloudControl CloudControl(Place place);

    ICodeConnections CodeConnections(Place place);

    ISecretsManager SecretsManager(Place place);
}
