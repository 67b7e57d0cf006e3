using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Project;

namespace Paco.Aws;

/// <summary>
/// What a project knows about reaching AWS. Everything a machine knows (files, variables) comes through <see cref="Environment"/>.
/// </summary>
public sealed record AwsOptions
{
    /// <summary>The project's accounts; every <see cref="Place"/> names one of them.</summary>
    public required ImmutableArray<AwsAccount> Accounts { get; init; }

    /// <summary>The name of the account that pays and holds the organization. Only this one may lack an id.</summary>
    public required string ManagementAccount { get; init; }

    /// <summary>Where sessions are opened (STS), such as <c>us-west-2</c>.</summary>
    public required string Region { get; init; }

    /// <summary>Reads an environment variable; the command line passes the process's own.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>
    /// A profile of <c>~/.aws/config</c>, which then wins over credentials in the environment; null leaves the choice to
    /// <c>AWS_PROFILE</c>.
    /// </summary>
    public string? Profile { get; init; }

    /// <summary>The address every service answers at, instead of AWS's own; wins over <c>AWS_ENDPOINT_URL</c>.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>
    /// Answers requests inside this process (the sandbox); configured endpoints are then ignored. Not disposed by the cloud.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Keys to sign in with instead of what AWS's chain of credentials finds.</summary>
    public AwsKeys? Keys { get; init; }

    /// <summary>What CloudTrail shows of who called, such as <c>paco-jane</c>; characters AWS refuses are replaced.</summary>
    public string SessionName { get; init; } = "paco";

    /// <summary>The project's <c>.credentials.yaml</c>; null without.</summary>
    public CredentialsFile? CredentialsFile { get; init; }

    /// <summary>For how long a role in an account is assumed: 15 minutes to an hour, the most one assumed from a role may have.</summary>
    public TimeSpan RoleSession { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Asks a person for what only a person can do; null where there is none.</summary>
    public ISignInDialog? Dialog { get; init; }

    /// <summary>Calls in flight at once for one account and region, while nothing is throttled.</summary>
    public int ConcurrentCalls { get; init; } = 10;

    /// <summary>Seeds the jitter of waits between retries, so that a run can be repeated.</summary>
    public int? JitterSeed { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>An account of the project: its name in <c>accounts/</c>, its 12-digit id, and the roles to try there, best first.</summary>
public sealed record AwsAccount(string Name, string? Id, ImmutableArray<string> RoleNames)
{
    /// <summary>
    /// By the name of a role that the keys are a session of, the one role that is meant for it here; null where its keys are used as they
    /// are. Such a session tries no other role.
    /// </summary>
    public ImmutableDictionary<string, string?> RolesOfCallers { get; init; } = [];
}

/// <summary>Credentials as requests are signed with. <paramref name="Expires"/> is null for keys that last.</summary>
public sealed record AwsKeys(string AccessKeyId, Secret SecretAccessKey, Secret? SessionToken = null, DateTimeOffset? Expires = null);
