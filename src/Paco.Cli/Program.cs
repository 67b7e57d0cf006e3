using System.Text;
using Paco.Cli;

if (args is ["--version"])
{
    // Before anything else is loaded: the figure people measure first.
    Console.Out.WriteLine($"paco {CommandLine.Version}");
    return ExitCode.Success;
}

Console.OutputEncoding = Encoding.UTF8;
using var interrupts = Interrupts.Listen();
return await Run.Command(args, Terminal.OfProcess(), interrupts);
