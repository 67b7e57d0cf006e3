using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.Tests;

/// <summary>Clouds as tests need them: an environment of their own, keys moto takes, accounts nobody else uses.</summary>
internal static class Clouds
{
    public const string Oregon = "us-west-2";

    /// <summary>The account moto gives to keys it does not know.</summary>
    public const string MotoAccount = "123456789012";

    private static int _accounts = 100;

    /// <summary>An environment with these variables and no others: no home, no instance to ask.</summary>
    public static Func<string, string?> Environment(params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary(v => v.Name, v => v.Value);
        all.TryAdd("AWS_EC2_METADATA_DISABLED", "true");
        return name => all.GetValueOrDefault(name);
    }

    public static string NewAccountId() => $"{Interlocked.Increment(ref _accounts) + 200_000_000_000}";

    public static AwsAccount Account(string name, string? id, params string[] roles) => new(name, id, [.. roles]);

    public static AwsOptions Options(params AwsAccount[] accounts) => new()
    {
        Accounts = [.. accounts],
        ManagementAccount = "master",
        Region = Oregon,
        Environment = Environment(),
        Keys = new AwsKeys("AKIDTEST", new Secret("test")),
        SessionName = "paco-test",
        JitterSeed = 1,
    };

    /// <summary>A cloud at a moto with one account of its own, called dev.</summary>
    public static AwsCloud AtMoto(MotoServer moto) =>
        AwsCloud.Create(Options(Account("dev", NewAccountId(), "Paco-Admin-Delegate")) with { EndpointUrl = moto.Address });

    public static readonly Place Dev = new("dev", Oregon);

    public static StackRequest Stack(string name, string template, ImmutableArray<StackParameter> parameters = default) => new()
    {
        StackName = name,
        Template = new TemplateSource(template, null),
        Parameters = parameters.IsDefault ? [] : parameters,
        ClientRequestToken = $"token-{name}",
    };
}
