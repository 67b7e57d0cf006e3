using Paco.Syntax;

namespace Paco.Cli;

/// <summary>
/// Where programs of a user keep what they can have again: as the XDG Base Directory Specification says, and where macOS and Windows have
/// it.
/// </summary>
internal static class CacheFolder
{
    /// <summary>Paco's own folder there, or null where nobody says where the user is at home.</summary>
    public static string? Of(Func<string, string?> environment, HostPlatform platform)
    {
        // A path that is not absolute is to be ignored. Source: the specification.
        if (environment("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathFullyQualified(named))
            return Path.Combine(named, "paco");
        if (platform == HostPlatform.Windows)
            return environment("LOCALAPPDATA") is { Length: > 0 } local ? Path.Combine(local, "paco", "cache") : null;
        return KeptFiles.Home(environment) is not { } home ? null
            : platform == HostPlatform.MacOS ? Path.Combine(home, "Library", "Caches", "paco")
            : Path.Combine(home, ".cache", "paco");
    }

    /// <summary>The platform the program runs on.</summary>
    public static HostPlatform Platform => OperatingSystem.IsWindows() ? HostPlatform.Windows
        : OperatingSystem.IsMacOS() ? HostPlatform.MacOS : HostPlatform.Unix;
}

/// <summary>What tells where things are kept.</summary>
internal enum HostPlatform
{
    Unix,
    MacOS,
    Windows,
}
