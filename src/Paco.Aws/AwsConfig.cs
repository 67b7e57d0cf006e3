using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Syntax;

namespace Paco.Aws;

/// <summary>
/// The shared files <c>~/.aws/config</c> and <c>~/.aws/credentials</c>: what a profile says of keys and endpoints. Source: the AWS SDKs and
/// Tools Reference Guide, "Shared config and
/// credentials files".
/// </summary>
internal sealed class AwsConfig
{
    private readonly Dictionary<string, Dictionary<string, string>> _sections = new(StringComparer.Ordinal);

    private AwsConfig(string configPath, string credentialsPath)
    {
        Merge(configPath, named: false);
        Merge(credentialsPath, named: true);
    }

    public ImmutableArray<string> ProfileNames =>
        [
            .. _sections.Keys.Where(k => k.StartsWith("profile ", StringComparison.Ordinal)).Select(k => k["profile ".Length..])
                .Order(StringComparer.Ordinal),
        ];

    public static AwsConfig Read(Func<string, string?> environment)
    {
        var home = HomeFolder.Of(environment);
        string At(string variable, string file) =>
            environment(variable) is { Length: > 0 } path ? path : home.Length == 0 ? "" : Path.Combine(home, ".aws", file);
        return new AwsConfig(At("AWS_CONFIG_FILE", "config"), At("AWS_SHARED_CREDENTIALS_FILE", "credentials"));
    }

    /// <summary>The settings of a profile, or null where no file has it.</summary>
    public IReadOnlyDictionary<string, string>? Profile(string name) => _sections.GetValueOrDefault($"profile {name}");

    /// <summary>The section <c>[sso-session NAME]</c>, or null where no file has it.</summary>
    public IReadOnlyDictionary<string, string>? SsoSession(string name) => _sections.GetValueOrDefault($"sso-session {name}");

    /// <summary>What the profile says of a service's address: its <c>[services]</c> section first, then <c>endpoint_url</c>.</summary>
    public string? EndpointUrl(string profile, AwsService service)
    {
        if (Profile(profile) is not { } settings)
        {
            return null;
        }

        var own = settings.TryGetValue("services", out var services) && _sections.TryGetValue($"services {services}", out var section)
            ? section.GetValueOrDefault($"{service.ProfileKey}.endpoint_url")
            : null;
        return own ?? settings.GetValueOrDefault("endpoint_url");
    }

    private void Merge(string path, bool named)
    {
        var section = new Dictionary<string, string>(StringComparer.Ordinal);
        var parent = "";
        foreach (var line in Lines(path))
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
            {
                continue;
            }

            if (text[0] == '[')
            {
                section = Section(SectionName(text, named));
                continue;
            }

            var (key, value) = Setting(text);
            var nested = char.IsWhiteSpace(line[0]);
            parent = nested ? parent : key;
            section[nested ? $"{parent}.{key}" : key] = value;
        }
    }

    private static string[] Lines(string path)
    {
        try
        {
            return path.Length > 0 && FileStatus.Of(path) is { Kind: not FileKind.Directory } ? UserFile.ReadText(path).Split('\n') : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(CloudErrorKind.AccessDenied, "UnreadableFile", $"{path} cannot be read: {e.Message}", "aws:Configure",
                e);
        }
    }

    private Dictionary<string, string> Section(string name)
    {
        if (!_sections.TryGetValue(name, out var section))
        {
            section = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            _sections[name] = section;
        }

        return section;
    }

    /// <summary>The credentials file writes <c>[jane]</c> where the config file writes <c>[profile jane]</c>.</summary>
    private static string SectionName(string text, bool named)
    {
        var words = text.TrimStart('[').Split(']')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join(' ', words);
        return named || name == "default" ? $"profile {name}" : name;
    }

    private static (string Key, string Value) Setting(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return (text, "");
        }

        var value = text[(equals + 1)..];
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return (text[..equals].Trim(), (comment < 0 ? value : value[..comment]).Trim());
    }
}
