using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Clouds;

/// <summary>EC2, for what CloudFormation cannot show a person once.</summary>
public interface IEc2
{
    /// <summary>The key pair of that name, or null.</summary>
    Task<KeyPair?> DescribeKeyPair(string keyName, CancellationToken cancel);

    /// <summary>Those of the account and region that have the tag with this value.</summary>
    Task<ImmutableArray<KeyPair>> DescribeKeyPairs(KeyValuePair<string, string> tag, CancellationToken cancel);

    /// <summary>Makes an RSA key pair in PEM form, tagged; the only moment its private key can be read.</summary>
    Task<NewKeyPair> CreateKeyPair(string keyName, ImmutableArray<KeyValuePair<string, string>> tags, CancellationToken cancel);

    /// <summary>Deletes the key pair of that name; what is gone already is no error.</summary>
    Task DeleteKeyPair(string keyName, CancellationToken cancel);

    /// <summary>Gives a resource (<c>key-0123…</c>) a tag, in place of one of that name.</summary>
    Task CreateTag(string resourceId, KeyValuePair<string, string> tag, CancellationToken cancel);

    /// <summary>The instances of those ids that are there; one that was just ended may be among the others.</summary>
    Task<ImmutableArray<Instance>> DescribeInstances(IReadOnlyCollection<string> ids, CancellationToken cancel);
}

/// <summary>An instance with its addresses, as far as it has them, and its state (<c>running</c>).</summary>
public sealed record Instance(string Id, string? PrivateAddress, string? PublicAddress, string State);

/// <summary>A key pair: its id (<c>key-0123…</c>) and its fingerprint as EC2 prints it.</summary>
public sealed record KeyPair(string Id, string Fingerprint)
{
    public string Name { get; init; } = "";

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>A key pair just made. <see cref="PrivateKey"/> is a secret: it is shown or written once and never logged.</summary>
public sealed record NewKeyPair(KeyPair Pair, Secret PrivateKey);

/// <summary>Systems Manager's public parameters.</summary>
public interface ISsm
{
    /// <summary>
    /// The value of a parameter such as <c>/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64</c>, or null.
    /// </summary>
    Task<string?> GetParameter(string name, CancellationToken cancel);
}

/// <summary>S3, for template bodies and launch bundles. Every call names the bucket's expected owner.</summary>
public interface IS3
{
    /// <summary>True where the bucket exists and belongs to this account.</summary>
    Task<bool> BucketExists(string bucket, CancellationToken cancel);

    /// <summary>Makes a private, encrypted, versioned bucket that refuses plain HTTP and all public access.</summary>
    Task CreateBucket(string bucket, CancellationToken cancel);

    Task PutObject(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>The object's bytes, or null where bucket or key do not exist.</summary>
    Task<byte[]?> GetObject(string bucket, string key, CancellationToken cancel);

    /// <summary>True where there is no object, no older version and no delete marker; a bucket that does not exist is empty.</summary>
    Task<bool> IsEmpty(string bucket, CancellationToken cancel);

    /// <summary>Deletes every object, version and delete marker; a bucket that does not exist is empty.</summary>
    Task EmptyBucket(string bucket, CancellationToken cancel);

    Task DeleteBucket(string bucket, CancellationToken cancel);

    /// <summary>The https address CloudFormation reads an object from.</summary>
    string ObjectUrl(string bucket, string key);
}

/// <summary>Route 53's records, for certificate validation in the zone's own account.</summary>
public interface IRoute53
{
    /// <summary>Writes one record, replacing what has its name and type.</summary>
    Task UpsertRecord(string hostedZoneId, DnsRecord record, CancellationToken cancel);

    /// <summary>Deletes one record, which must be exactly as it stands there; what does not match, or is gone, is refused.</summary>
    Task DeleteRecord(string hostedZoneId, DnsRecord record, CancellationToken cancel);

    Task<ImmutableArray<DnsRecord>> ListRecords(string hostedZoneId, CancellationToken cancel);
}

/// <summary>A record set: name without the last dot, type (<c>CNAME</c>), time to live in seconds, values.</summary>
public sealed record DnsRecord(string Name, string Type, int Ttl, ImmutableArray<string> Values);

/// <summary>Certificate Manager.</summary>
public interface IAcm
{
    /// <summary>Every certificate of the account and region, whatever its key type.</summary>
    Task<ImmutableArray<CertificateSummary>> ListCertificates(CancellationToken cancel);

    /// <summary>One certificate, or null.</summary>
    Task<Certificate?> DescribeCertificate(string arn, CancellationToken cancel);
}

public sealed record CertificateSummary(string Arn, string DomainName);

/// <summary>A certificate, its status (<c>PENDING_VALIDATION</c>, <c>ISSUED</c>, …) and the records that prove each of its names.</summary>
public sealed record Certificate(string Arn, string DomainName, string Status, string? FailureReason,
    ImmutableArray<DomainValidation> Validations);

/// <summary>The record that proves a name; null until ACM has made it, some seconds after the request.</summary>
public sealed record DomainValidation(string DomainName, DnsRecord? Record);

/// <summary>Cloud Control: resources of any type, by the identifier their schema names.</summary>
public interface ICloudControl
{
    /// <summary>The resource's properties as a JSON object, or null where there is none. A type it cannot read is refused.</summary>
    /// <param name="identifier">The values of the schema's primary identifier, joined by <c>|</c>.</param>
    Task<string?> GetResource(string typeName, string identifier, CancellationToken cancel);
}

/// <summary>Organizations, in the management account.</summary>
public interface IOrganizations
{
    /// <summary>The organization the account is in, or null where it is in none.</summary>
    Task<Organization?> DescribeOrganization(CancellationToken cancel);

    Task CreateOrganization(CancellationToken cancel);

    Task<ImmutableArray<OrganizationAccount>> ListAccounts(CancellationToken cancel);

    /// <summary>Starts the creation of an account; the answer is the request to ask about.</summary>
    Task<AccountCreation> CreateAccount(string name, string email, string roleName, CancellationToken cancel);

    Task<AccountCreation> DescribeCreateAccountStatus(string requestId, CancellationToken cancel);
}

/// <summary>An organization (<c>o-…</c>), the id of its management account, and whether it has more than consolidated billing.</summary>
public sealed record Organization(string Id, string ManagementAccountId, bool HasAllFeatures);

/// <summary>An account of an organization: its id, its name there, and what the organization says of its life.</summary>
public sealed record OrganizationAccount(string Id, string Name, string Status = OrganizationAccount.Active)
{
    /// <summary>The only status in which an account answers.</summary>
    public const string Active = "ACTIVE";

    /// <summary>What to do about another one.</summary>
    public string StatusRemedy => Status switch
    {
        "PENDING_ACTIVATION" => "AWS still activates it: wait, and look for its mail to the account's root address",
        _ =>
            "a suspended account answers nothing until AWS Support reopens it, within 90 days; after that it is gone: make another one, or take it out of the project",
    };
}

/// <summary>
/// How an account's creation stands: <c>IN_PROGRESS</c>, <c>SUCCEEDED</c> with an id, or <c>FAILED</c> with AWS's reason.
/// </summary>
public sealed record AccountCreation(string RequestId, string State, string? AccountId, string? FailureReason);
