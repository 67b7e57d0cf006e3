using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Backup;

/// <summary>When, and what.</summary>
public sealed class BackupPlan(Fields f) : Model(f)
{
    private const int LongestName = 50;

    public string Title { get; } = f.Text("title", "Free text for people; its key is its name.", "");

    public Enablement Enabled { get; } = f.Enabled(true);

    public ImmutableArray<BackupRule> PlanRules { get; } = f.List("plan_rules", "When, and for how long.", x => new BackupRule(x));

    public ImmutableArray<BackupSelection> Selections { get; } = f.List("selections", "What is saved.", x => new BackupSelection(x));

    private string LogicalId => $"BackupPlan{Names.LogicalId(Name)}";

    // The original let a plan hold any further key.
    protected internal override void Rules(Fields f)
    {
        foreach (var accepted in (string[])["type", "order", "dns_enabled", "change_protected"])
            f.Ignore(accepted);
        f.WarnOfRest();
        if (Name.Length > LongestName)
            f.Broken("", $"a plan's name has {LongestName} characters at most, \"{Name}\" has {Name.Length}");
        if (PlanRules.IsEmpty && !f.Has("plan_rules"))
            f.Lacks("plan_rules", "a plan needs \"plan_rules\": without, it saves nothing");
        OneOfAName(f, "rules", PlanRules.Select((r, i) => (r.NameAt(i), (Model)r)));
        OneOfAName(f, "selections", Selections.Select((s, i) => (s.NameAt(i), (Model)s)));
    }

    private static void OneOfAName(Fields f, string what, IEnumerable<(string Name, Model Model)> all)
    {
        foreach (var (name, twice) in all.GroupBy(m => m.Name).SelectMany(g => g.Skip(1)))
        {
            f.Report(BindingCodes.BrokenRule, twice.Location, $"two {what} of the plan would be called {name}",
                "give one another title: only letters, digits and ._- of it count");
        }
    }

    internal void Build(BackupVault vault, Value role, StackBuilder stack, BuildScope scope)
    {
        if (!IsEnabled)
            return;
        WarnOfCold(scope.Build);
        stack.Add(new Resource(LogicalId, "AWS::Backup::BackupPlan", new MapValue
        {
            ["BackupPlan"] = new MapValue
            {
                ["BackupPlanName"] = Name,
                ["BackupPlanRule"] = Value.List(PlanRules.Select((r, i) => (Value)r.ToValue(i, vault.AwsName, stack))),
            },
        })
        { DependsOn = [BackupVault.LogicalId], Source = Location });
        foreach (var (at, selection) in Selections.Index())
        {
            stack.Add(new Resource($"{LogicalId}Selection{at}", "AWS::Backup::BackupSelection", new MapValue
            {
                ["BackupPlanId"] = Fn.Ref(LogicalId),
                ["BackupSelection"] = selection.ToValue(at, role, stack, scope),
            })
            { DependsOn = [LogicalId], Source = selection.Location, IsNumbered = true });
        }
    }

    // Only where everything is named is it known that nothing goes there.
    private void WarnOfCold(BuildContext build)
    {
        var saved = Selections.SelectMany(s => s.Saved(build)).ToList();
        if (saved.Count == 0 || saved.Exists(s => s.GoesCold) || Selections.Any(s => s.NamesNothing))
            return;
        foreach (var rule in PlanRules.Where(r => r.Lifecycle.MoveToColdStorageAfterDays is not null))
        {
            build.Bag.Add(BackupCodes.NeverCold, rule.PlaceOf("lifecycle_move_to_cold_storage_after_days"),
                $"nothing that {Name} saves can be moved to cold storage", "leave it out: what is paid for is warm storage", subject: Path);
        }
    }
}
