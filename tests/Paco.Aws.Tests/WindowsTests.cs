using Paco.Aws.SignIn;
using Paco.Syntax;

namespace Paco.Aws.Tests;

/// <summary>What Windows does otherwise when somebody signs in.</summary>
public sealed class WindowsTests
{
    [Fact]
    public void The_shell_of_Windows_is_given_a_command_as_it_is_written()
    {
        var start = ProcessKeys.Shell(@"""C:\Program Files\sso.exe"" --profile ""a b""", isWindows: true);

        Assert.Equal(("cmd.exe", @"/d /s /c """"C:\Program Files\sso.exe"" --profile ""a b"""""), (start.FileName, start.Arguments));
        Assert.Empty(start.ArgumentList);
    }

    [Theory]
    [InlineData("/home/ann", null, false, "/home/ann")]
    [InlineData("/c/Users/ann", @"C:\Users\ann", true, @"C:\Users\ann")]
    [InlineData("/c/Users/ann", @"C:\Users\ann", false, "/c/Users/ann")]
    [InlineData("", @"C:\Users\ann", false, @"C:\Users\ann")]
    [InlineData(null, null, true, "")]
    public void The_home_is_the_one_that_the_AWS_CLI_takes(string? home, string? profile, bool isWindows, string expected) =>
        Assert.Equal(expected, HomeFolder.Of(name => name == "HOME" ? home : profile, isWindows));
}
