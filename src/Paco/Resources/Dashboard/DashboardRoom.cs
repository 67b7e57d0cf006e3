using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.Dashboard;

public sealed class DashboardRoom : Room
{
    public override string Type => "Dashboard";

    public override string Summary =>
        "A dashboard of CloudWatch, called by its title: a JSON file with `${…}` for values of the project, or drawn from what the "
        + "application has (auto).";

    public override IEnumerable<DiagnosticCode> Codes => DashboardCodes.All;

    public override AppResource Bind(Fields f) => new Dashboard(f);
}

/// <summary>A dashboard. It holds nothing: another name makes another one.</summary>
public sealed class Dashboard(Fields f) : AppResource(f)
{
    private const string Auto = "auto";
    private const string RegionVariable = "AwsRegion";

    private static readonly Check AwsName = Check.Matching("1 to 255 letters, digits, - and _", "^[A-Za-z0-9_-]{1,255}$");

    private readonly bool _isAuto = f.Peek("dashboard_file") == Auto;

    /// <summary>What it shows; null where that is drawn, or cannot be read.</summary>
    public SourceFile? DashboardFile { get; } = FileOf(f);

    public ImmutableArray<Variable> Variables { get; } = Variable.ReadAll(f,
        f.Structure("variables", "Values for the `${…}` in the file: text, numbers, references. `${AwsRegion}` is always there."),
        "variables", [RegionVariable]);

    private static SourceFile? FileOf(Fields f)
    {
        const string Name = "dashboard_file";
        const string Doc = "What it shows: a JSON file, as the console has it under Actions, View/edit source. `auto` draws it of what "
            + "the application has.";
        if (f.Peek(Name) != Auto)
            return f.File(Name, Doc);
        f.Text(Name, Doc);
        return null;
    }

    protected internal override void Rules(Fields f)
    {
        if (Title.Length > 0 && !AwsName.Holds(Title))
        {
            f.Broken("title", $"a dashboard is called by its title, and CloudWatch takes {AwsName.Words}, not \"{Title}\"",
                $"title: {string.Concat(Title.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '-')).Trim('-')}");
        }
        if (!f.Has("dashboard_file"))
            f.Lacks("dashboard_file", "a dashboard needs a \"dashboard_file\": a JSON file, or auto");
        string[] known = [.. Variables.Select(v => v.Name), RegionVariable];
        if (DashboardFile is { } file)
            DashboardBody.Check(f, file);
        var used = DashboardFile is null ? [] : Placeholders.Check(f, DashboardFile, known);
        foreach (var unused in Variables.Where(v => (_isAuto || DashboardFile is not null) && !used.Contains(v.Name)))
        {
            f.Report(DashboardCodes.UnusedVariable, unused.Location, $"nothing in the dashboard says ${{{unused.Name}}}",
                _isAuto ? "an auto dashboard finds its values itself" : Spelling.DidYouMean(unused.Name, used.Except(known)));
        }
    }

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, "Dashboard");
        if (!IsEnabled)
            return;
        var body = DashboardFile?.Text;
        if (_isAuto)
            body = new AutoDashboard(stack, scope).Draw();
        else
            Declare(stack);
        stack.Parameter(RegionVariable, scope.Place.Region);
        var name = NameIn(scope);
        stack.Resource("Dashboard", "AWS::CloudWatch::Dashboard", new MapValue
        {
            ["DashboardName"] = name,
            ["DashboardBody"] = Fn.Sub(body ?? ""),
        });
        if (Clouds.Partition.Standard == scope.Place.Partition)
        {
            var console = $"{Clouds.Partition.Console(scope.Place.Region)}/cloudwatch/home?region={scope.Place.Region}";
            var link = new LiteralSource($"{console}#dashboards/dashboard/{name}");
            scope.Build.Addresses.Add(new Address(stack.Id, Path, "dashboard", link));
        }
    }

    private void Declare(StackBuilder stack)
    {
        foreach (var variable in Variables)
            stack.Input(variable.Name, variable.Source, variable.Type);
    }

    // An account has a dashboard of a name once, whatever the region.
    private string NameIn(BuildScope scope)
    {
        var name = (Title.Length > 0 ? Title : Name) + scope.Environment?.AccountSuffix;
        if (scope.Build.Claim($"dashboard {scope.Place.Account} {name}", Path) is { } other)
        {
            scope.Build.Bag.Add(StackCodes.NameTaken, Location,
                $"two dashboards of the account {scope.Place.Account} would be called {name}: this one and that of {other}",
                "give one of them another title", subject: Path);
        }
        return name;
    }
}
