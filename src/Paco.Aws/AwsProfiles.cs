namespace Paco.Aws;

/// <summary>The profiles of AWS's own tools.</summary>
public static class AwsProfiles
{
    /// <summary>
    /// Their names, as <c>~/.aws/config</c> and <c>~/.aws/credentials</c>, or the files that the environment names, have them.
    /// </summary>
    /// <exception cref="Clouds.CloudException">One of the files cannot be read.</exception>
    public static IEnumerable<string> Names(Func<string, string?> environment) => AwsConfig.Read(environment).ProfileNames;
}
