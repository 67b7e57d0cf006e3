using Paco.Binding;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>The files below <c>monitor/</c>: what lies under the sets that resources name.</summary>
internal sealed partial class ProjectReader
{
    // Sets are bound here too, so that mistakes in those nobody names are found.
    private BindContext MonitorFiles()
    {
        var context = _context;
        foreach (var (stem, path) in YamlFiles("monitor", "MonitorConfig"))
        {
            if (string.Equals(stem, "logging", StringComparison.OrdinalIgnoreCase))
            {
                context = LogSets(context, path);
            }
            else if (string.Equals(stem, "alarmsets", StringComparison.OrdinalIgnoreCase))
            {
                context = AlarmSets(context, path);
            }
            else if (_files.Read(path) is { } file)
            {
                _bag.Add(ProjectCodes.UnknownFile, Location.Of(file), $"nobody reads {file.Path}",
                    Spelling.DidYouMean(stem, ["logging", "alarmsets"]));
            }
        }
        return context;
    }

    private BindContext LogSets(BindContext context, string path)
    {
        var node = _files.ReadYaml(path);
        Bind(node, "logging", LoggingFile.Place, _context, f => new LoggingFile(f), _files.Read(path));
        return context with
        {
            LogSets = Rewriter.At(node, "cw_logging", "log_sets") as MapNode,
            LacksLogSets = node is { IsWhole: false },
        };
    }

    // References in alarms mean what the environment of whoever names the set has, so here they are none.
    private BindContext AlarmSets(BindContext context, string path)
    {
        var node = _files.ReadYaml(path);
        var file = Bind(node, "alarmsets", AlarmSetsFile.Place, _context with { Index = new ObjectIndex() }, f => new AlarmSetsFile(f),
            _files.Read(path));
        foreach (var sets in file.Types.Where(t => t.Name != MonitorConfig.ApplicationType && !RoomCatalog.IsType(t.Name)))
        {
            _bag.Add(BindingCodes.UnreadKey, (node as MapNode)?.Find(sets.Name)?.KeyLocation ?? sets.Location,
                $"there is no resource type \"{sets.Name}\" to have alarm sets",
                Spelling.DidYouMean(sets.Name, [.. RoomCatalog.Rooms.Select(r => r.Type), MonitorConfig.ApplicationType]));
        }
        return context with { AlarmSets = node as MapNode, LacksAlarmSets = node is { IsWhole: false } };
    }
}
