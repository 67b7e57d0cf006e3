using System.Runtime;
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

// What a project is read into stays until the end, and nobody minds a pause: to look through it on the side, again and again as it grows,
// would only be more work.
GCSettings.LatencyMode = GCLatencyMode.Batch;
Console.OutputEncoding = Encoding.UTF8;
using var interrupts = Interrupts.Listen();
return await CommandRunner.Command(args, Terminal.OfProcess(interrupts), interrupts);
