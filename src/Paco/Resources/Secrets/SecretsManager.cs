using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Secrets;

/// <summary>An environment's secrets, by application and group.</summary>
public sealed class SecretsManager(Fields f) : Model(f)
{
    public ImmutableArray<SecretApplication> Applications { get; } =
        f.Rest("The secrets of one application.", x => new SecretApplication(x));

    public IEnumerable<Secret> All => Applications.SelectMany(a => a.Groups).SelectMany(g => g.Secrets);

    /// <summary>One stack an account. A disabled secret is left out of it, which deletes it.</summary>
    internal void Build(BuildScope scope)
    {
        foreach (var account in All.GroupBy(s => s.AccountName is { } name ? scope.Build.AccountOf(name) : scope.Place.Account))
            BuildAccount(scope with { Place = scope.Place with { Account = account.Key } }, [.. account]);
    }

    private void BuildAccount(BuildScope scope, ImmutableArray<Secret> secrets)
    {
        var stack = scope.Stack(this, "SecretsManager", enabled: secrets.Any(s => s.IsEnabled));
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        foreach (var secret in secrets.Where(s => s.IsEnabled))
            secret.Build(stack);
    }
}

public sealed class SecretApplication(Fields f) : Model(f)
{
    public ImmutableArray<SecretGroup> Groups { get; } = f.Rest("The secrets of one group of the application.", x => new SecretGroup(x));
}

public sealed class SecretGroup(Fields f) : Model(f)
{
    public ImmutableArray<Secret> Secrets { get; } = f.Rest("A secret.", x => new Secret(x));
}

/// <summary>A secret in Secrets Manager; its name is its path in the project, which is how scripts find it.</summary>
public sealed class Secret(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public Ref? Account { get; } = f.Ref("account", "The account it is kept in; the environment's by default.", "Account");

    public GenerateSecretString? Generate { get; } =
        f.Object("generate_secret_string", "Let AWS make up the value.", x => new GenerateSecretString(x));

    public string? AccountName => Account?.Path.Account;

    internal void Build(StackBuilder stack)
    {
        var id = $"Secret{Names.Md5(Path)}";
        stack.Resource(id, "AWS::SecretsManager::Secret", new MapValue
        {
            ["Name"] = Path.Text,
            ["GenerateSecretString"] = Generate is { IsEnabled: true } generate ? generate.ToValue() : null,
            ["SecretString"] = Value.Of(Generate is { IsEnabled: true } ? null : "placeholder"),
        }, Location);
        stack.Output($"{id}Arn", Fn.Ref(id), $"{Path}.arn");
    }
}

/// <summary>How AWS makes up a value. Changing any of it makes CloudFormation generate a new one.</summary>
public sealed class GenerateSecretString(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false);

    public string? ExcludeCharacters { get; } = f.Text("exclude_characters", "Characters the value must not hold.", Check.Length(0, 4096));

    public Given<bool> ExcludeLowercase { get; } = f.Flag("exclude_lowercase", "No lower-case letters.", false);

    public Given<bool> ExcludeNumbers { get; } = f.Flag("exclude_numbers", "No digits.", false);

    public Given<bool> ExcludePunctuation { get; } = f.Flag("exclude_punctuation", "No punctuation.", false);

    public Given<bool> ExcludeUppercase { get; } = f.Flag("exclude_uppercase", "No upper-case letters.", false);

    public string? GenerateStringKey { get; } =
        f.Text("generate_string_key", "The key of the JSON object that gets the value.", Check.Length(0, 10240));

    public Given<bool>? IncludeSpace { get; } = f.Flag("include_space", "Allow blanks.");

    public Given<int> PasswordLength { get; } = f.Int("password_length", "Characters of the value.", 32, min: 1, max: 4096);

    public Given<bool> RequireEachIncludedType { get; } =
        f.Flag("require_each_included_type", "At least one character of every kind allowed.", true);

    public string? SecretStringTemplate { get; } =
        f.Text("secret_string_template", "A JSON object that the generated key is added to.", Check.Length(0, 10240));

    /// <summary>A sign is never in the value.</summary>
    internal bool Excludes(char sign) =>
        ExcludeCharacters?.Contains(sign, StringComparison.Ordinal) == true || (ExcludePunctuation && sign != ' ');

    internal MapValue ToValue() => new()
    {
        ["ExcludeLowercase"] = ExcludeLowercase,
        ["ExcludeNumbers"] = ExcludeNumbers,
        ["ExcludePunctuation"] = ExcludePunctuation,
        ["ExcludeUppercase"] = ExcludeUppercase,
        ["RequireEachIncludedType"] = RequireEachIncludedType,
        ["PasswordLength"] = PasswordLength,
        ["ExcludeCharacters"] = Value.Of(ExcludeCharacters),
        ["GenerateStringKey"] = Value.Of(GenerateStringKey),
        ["SecretStringTemplate"] = Value.Of(SecretStringTemplate),
        ["IncludeSpace"] = Value.Of(IncludeSpace),
    };
}
