using System.Collections.Immutable;
using System.Text.Json;
using Paco.Clouds;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>What was found of the accounts, for programs.</summary>
internal static class DoctorJson
{
    public static void Write(Stream output, Scope scope, string project, ImmutableArray<CheckedAccount> accounts, NotRead? notRead)
    {
        using var json = new Utf8JsonWriter(output, JsonFields.Indented);
        json.Begin("doctor");
        json.WriteString("scope", scope.Path);
        json.WriteString("project", project);
        json.WriteBoolean("good", accounts.All(a => a.IsGood));
        json.WriteStartArray("accounts");
        foreach (var account in accounts)
            Account(json, account);
        json.WriteEndArray();
        NotReadView.Json(json, notRead);
        json.WriteEndObject();
    }

    private static void Account(Utf8JsonWriter json, CheckedAccount account)
    {
        json.WriteStartObject();
        json.WriteString("account", account.Account.Name);
        json.Optional("id", account.Identity?.AccountId ?? account.Account.Id);
        json.Optional("arn", account.Identity?.Arn);
        json.Optional("role", account.Identity?.Role);
        json.Optional("source", account.Identity?.Source);
        json.WriteBoolean("good", account.IsGood);
        json.WriteStartArray("checks");
        foreach (var check in account.Checks)
        {
            json.WriteStartObject();
            json.WriteString("check", JsonWords.Of(check.Kind));
            json.WriteString("state", JsonWords.Of(check.State));
            json.Optional("region", check.Region);
            json.WriteString("message", check.Words);
            json.Optional("hint", check.Remedy);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
