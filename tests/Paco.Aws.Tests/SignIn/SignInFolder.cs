namespace Paco.Aws.Tests.SignIn;

/// <summary>A home directory of somebody, gone after the test, and clouds as this person's commands make them.</summary>
internal sealed class SignInFolder : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly string _home = Directory.CreateTempSubdirectory("paco-signin-").FullName;

    public string Home => _home;

    public string Sessions => At(".aws", "cli", "cache", "paco-sessions.json");

    public string At(params string[] parts) => Path.Combine([_home, .. parts]);

    public void Write(string text, params string[] parts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(parts))!);
        File.WriteAllText(At(parts), text);
    }

    /// <summary>Options of a command of this person: no keys but what is found.</summary>
    public AwsOptions Options(TimeProvider clock, params (string Name, string Value)[] variables) =>
        Clouds.Options(
            Clouds.Account("master", StubAws.Master, "Paco-Admin-Delegate-Role", "Delegate"),
            Clouds.Account("dev", "222222222222", "Paco-Admin-Delegate-Role", "Delegate"),
            Clouds.Account("prod", "333333333333", "Paco-Admin-Delegate-Role", "Delegate")) with
        {
            Keys = null,
            Clock = clock,
            Environment = Clouds.Environment([("HOME", _home), .. variables]),
        };

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
