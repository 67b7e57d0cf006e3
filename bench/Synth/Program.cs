using System.Diagnostics;
using System.Runtime;
using Paco;
using Paco.CloudFormation;

// What `paco synth` does, for a whole project instead of one environment: read, bind, build, link, check every template
// against Amazon's schemas, write them. The line says stacks, resources, milliseconds
// of each half inside the process, and what the just-in-time compiler still had to do.
if (args is not [var home, var output])
{
    Console.Error.WriteLine("Synth PROJECT OUTPUT");
    return 2;
}

// As the program does.
GCSettings.LatencyMode = GCLatencyMode.Batch;
var watch = Stopwatch.StartNew();
var compilation = Toolkit.Compile(home);
var compiled = watch.ElapsedMilliseconds;
if (compilation.Graph is not { } graph)
{
    foreach (var diagnostic in compilation.Diagnostics.Take(10))
        Console.Error.WriteLine($"{diagnostic.Location}: {diagnostic.Message}");
    return 1;
}
foreach (var stack in graph.Stacks)
{
    var file = Path.Combine(output, stack.Id.Place.Account, stack.Id.Place.Region, stack.Id.Name + ".yaml");
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, TemplateWriter.ToYaml(stack.Template));
}
Console.WriteLine(
    $"{graph.Stacks.Count()} stacks, {graph.Stacks.Sum(s => s.Template.Resources.Length)} resources: compiled in {compiled} ms, written in {watch.ElapsedMilliseconds - compiled} ms; {JitInfo.GetCompiledMethodCount()} methods jitted in {JitInfo.GetCompilationTime().TotalMilliseconds:F0} ms");
return 0;
