using System.Text.RegularExpressions;
using Paco.Clouds;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>What the operations on stacks are given, read and checked alike.</summary>
internal static partial class StackArguments
{
    /// <summary>The stack named; throws AWS's words where there is none.</summary>
    public static Stack Stack(Call call, QueryForm form)
    {
        var name = form.Required("StackName");
        return call.Store.FindStack(call.Account, call.Region, name) ?? throw AwsError.Validation($"Stack with id {name} does not exist");
    }

    /// <summary>A new definition; what the request leaves out comes from the deployed one, where there is one.</summary>
    public static StackDefinition Definition(Call call, QueryForm form, StackDefinition? deployed)
    {
        var text = Template(call, form, deployed?.Template);
        return new DefinitionRequest(call.Store, call.Account, call.Region, StackId(call, form), text)
        {
            Parameters = Given(form),
            Tags = form.Wrote("Tags") || deployed is null ? Tags(form) : deployed.Tags,
            Capabilities = form.List("Capabilities"),
            NotificationArns = form.Wrote("NotificationARNs") || deployed is null ? form.List("NotificationARNs")
                : deployed.NotificationArns,
            RoleArn = form["RoleARN"] ?? deployed?.RoleArn,
            Rollback = RollbackArguments.Read(form, deployed?.Rollback),
            ResourceTypes = form.List("ResourceTypes"),
            Deployed = deployed,
            KeepsTemplate = KeepsTemplate(form),
            IsDirect = call.Operation != "CreateChangeSet",
        }.Definition();
    }

    /// <summary>The template's text, inline, from S3, or the deployed one.</summary>
    public static string Template(Call call, QueryForm form, string? deployed)
    {
        var given = new[] { "TemplateBody", "TemplateURL" }.Count(name => form[name] is { Length: > 0 });
        if (given > 0 && form.Flag("UsePreviousTemplate") == true)
        {
            throw AwsError.Validation("You cannot specify both usePreviousTemplate and Template Body/Template URL.");
        }

        if (given > 1)
        {
            throw AwsError.Validation("You cannot specify both Template Body and Template URL.");
        }

        if (form["TemplateBody"] is { Length: > 0 } body)
        {
            return TemplateSource.IsInline(body) ? body : throw AwsError.Validation(
                $"1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to {TemplateSource.InlineLimit}");
        }

        if (form["TemplateURL"] is { Length: > 0 } url)
        {
            return TemplateUrl.Read(call.Store, call.Account, url);
        }

        return KeepsTemplate(form) && deployed is not null
            ? deployed
            : throw AwsError.Validation("Either Template URL or Template Body must be specified.");
    }

    private static bool KeepsTemplate(QueryForm form) =>
        string.IsNullOrEmpty(form["TemplateBody"]) && string.IsNullOrEmpty(form["TemplateURL"]) && form.Flag("UsePreviousTemplate") == true;

    private static string StackId(Call call, QueryForm form) => form.Required("StackName") is var name
        && name.StartsWith("arn:", StringComparison.Ordinal) ? name : StackIds.Of(call.Store, call.Account, call.Region, name);

    public static string Name(QueryForm form)
    {
        var name = form.Required("StackName");
        return NameForm().IsMatch(name) && name.Length <= 128 ? name : throw AwsError.Validation(
            $"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    }

    /// <summary>True where the same call has been made with this token before; the same token for another call is refused.</summary>
    public static bool IsRepeated(Call call, Stack stack, string? token)
    {
        if (token is null)
        {
            return false;
        }

        var digest = new Made.DeterministicIds(call.Request.BodyText).Hex(32);
        if (call.Store.Text("SELECT call FROM tokens WHERE stack = $1 AND token = $2", stack.Row, token) is { } known)
        {
            return known == digest ? true : throw new AwsError("TokenAlreadyExistsException", $"Token {token} already exists");
        }

        call.Store.Run("INSERT INTO tokens(stack, token, call) VALUES($1, $2, $3)", stack.Row, token, digest);
        return false;
    }

    private static List<GivenParameter> Given(QueryForm form) =>
        [.. form.Items("Parameters")
            .Select(at => new GivenParameter(form[$"{at}ParameterKey"] ?? "", form[$"{at}ParameterValue"],
            form.Flag($"{at}UsePreviousValue") == true))];

    private static List<KeyValuePair<string, string>> Tags(QueryForm form)
    {
        var tags = form.Items("Tags").Select(at => KeyValuePair.Create(form[$"{at}Key"] ?? "", form[$"{at}Value"] ?? "")).ToList();
        return tags.Count > 50 ? throw AwsError.Validation("Number of tags exceeds the maximum of 50")
            : tags.Any(t => t.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                ? throw AwsError.Validation("Tag keys may not begin with aws:")
            : tags.GroupBy(t => t.Key).FirstOrDefault(g => g.Count() > 1) is { } twice
                ? throw AwsError.Validation($"Duplicate tag key: {twice.Key}")
            : tags;
    }

    [GeneratedRegex("^[a-zA-Z][-a-zA-Z0-9]*$")]
    private static partial Regex NameForm();
}
