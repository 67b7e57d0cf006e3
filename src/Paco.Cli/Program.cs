using System.Text;
using Paco.Cli;

// The process begins here; everything else is given a Terminal.
#pragma warning disable RS0030

if (args is ["--version"])
{
    // Before anything else is loaded: the figure people measure first.
    var output = OutputWriter.Of(() => Console.Out);
    output.WriteLine($"paco {ProgramVersion.Own}");
    return output.Ended(ExitCode.Success, OutputWriter.Of(() => Console.Error));
}

Console.OutputEncoding = Encoding.UTF8;
using var interrupts = Interrupts.Listen();
return await CommandRunner.Command(args, Terminal.OfProcess(interrupts), interrupts);
