using Paco.Binding;

namespace Paco.Global.CodeCommit;

/// <summary>A user of a repository. The same user name in several repositories of an account is one user.</summary>
public sealed class RepositoryUser(Fields f) : Model(f)
{
    private static readonly Check UserName =
        Check.Matching("1 to 64 letters, digits and _+=,.@-, as IAM takes them", "^[A-Za-z0-9_+=,.@-]{1,64}$");

    public string Username { get; } = f.RequiredText("username", "The name in IAM, often an e-mail address.", UserName);

    public string Permissions { get; } = f.Text("permissions", "ReadWrite: clone, fetch, push. ReadOnly: clone and fetch.", "ReadWrite",
        Check.OneOf("ReadWrite", "ReadOnly"));

    public string? PublicSshKey { get; } = f.Text("public_ssh_key",
        "The user's public key, an RSA key as ssh-keygen writes it. The file is the truth: keys that are not in it are taken away.");

    internal PublicKey? Key => PublicSshKey is null ? null : PublicKey.Read(PublicSshKey);

    protected internal override void Rules(Fields f)
    {
        if (PublicSshKey is null || PublicKey.ProblemWith(PublicSshKey) is not var (problem, wayOut))
            return;
        var place = f.Place("public_ssh_key");
        // No frame shows it: what was pasted there by mistake may be a secret.
        foreach (var (line, _) in PublicSshKey.Split('\n').Append("").Index())
            place.File?.Hide(place.Line + line);
        f.Report(PublicKey.Unusable, place, problem, wayOut);
    }
}
