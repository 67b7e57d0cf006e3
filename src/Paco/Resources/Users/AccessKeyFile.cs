using Paco.Clouds;

namespace Paco.Resources.Users;

/// <summary>
/// An access key as AWS's own tools read one: a section of a credentials file, which <c>AWS_SHARED_CREDENTIALS_FILE</c> can name.
/// </summary>
internal static class AccessKeyFile
{
    private const string IdField = "aws_access_key_id = ";

    public static string Text(string user, NewAccessKey key) =>
        $"[{user}]\n{IdField}{key.Id}\naws_secret_access_key = {key.Secret.Reveal()}\n";

    /// <summary>The id of the key in such a text; null where there is none.</summary>
    public static string? IdIn(string text) => text.Split('\n').Select(line => line.Trim())
        .FirstOrDefault(line => line.StartsWith(IdField, StringComparison.Ordinal))?[IdField.Length..];
}
