using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Resources.EcrRepository;

/// <summary>
/// What ECR refuses in a lifecycle policy. Source: ECR User Guide, "Lifecycle policy properties"; moto's ecr/policy_validation.
/// </summary>
public static class LifecyclePolicy
{
    public static readonly DiagnosticCode Refused = new("PACO3110", Severity.Error, "a lifecycle policy that ECR refuses",
        "The text of `lifecycle_policy_text` is no JSON, or not what ECR takes as a lifecycle policy: an object with `rules`, each with a `rulePriority` of its own, a `selection` of images and an `action`. Images without any tag are `untagged`, those with one are found by `tagPatternList` or `tagPrefixList`, and a rule for `any` comes last.");

    private const int MostRules = 50;
    private const int MostWildcards = 4;

    private static readonly string[] RuleFields = ["rulePriority", "description", "selection", "action"];
    private static readonly string[] SelectionFields =
        ["tagStatus", "tagPatternList", "tagPrefixList", "storageClass", "countType", "countUnit", "countNumber"];
    private static readonly string[] TagStates = ["tagged", "untagged", "any"];
    private static readonly string[] Counts = ["imageCountMoreThan", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"];

    /// <summary>The mistakes in the order of the text; none where ECR takes it.</summary>
    public static IReadOnlyList<LifecycleMistake> Check(string text)
    {
        var file = new SourceFile("lifecycle policy", text);
        var reading = new Reading(text);
        if (JsonText.Read(file, out var problem) is { } root)
            reading.Root(root);
        else
            reading.Refuse(problem!.Value.Place, $"a lifecycle policy is JSON: {problem.Value.Message}");
        return [.. reading.Mistakes.OrderBy(m => m.Start)];
    }

    private sealed class Reading(string text)
    {
        public List<LifecycleMistake> Mistakes { get; } = [];

        public void Root(Node root)
        {
            if ((root as MapNode)?["rules"] is not ListNode { Items.Length: > 0 } rules)
            {
                Refuse(root.Location, "a lifecycle policy is an object with a list of \"rules\"", "{\"rules\": [ … ]}");
                return;
            }
            if (rules.Items.Length > MostRules)
                Refuse(rules.Location, $"a lifecycle policy has {MostRules} rules at most, this one has {rules.Items.Length}");
            foreach (var rule in rules.Items)
                Rule(rule);
            Priorities([.. rules.Items.OfType<MapNode>()]);
        }

        public void Refuse(Location at, string message, string? wayOut = null)
        {
            var start = 0;
            for (var line = 1; line < at.Line; line++)
                start = text.IndexOf('\n', start) + 1;
            Mistakes.Add(new LifecycleMistake(Math.Min(text.Length, start + at.Column - 1), 1, message, wayOut));
        }

        private void Rule(Node node)
        {
            if (node is not MapNode rule)
            {
                Refuse(node.Location, "a rule is an object");
                return;
            }
            OnlyKnown(rule, "a rule", RuleFields);
            Number(rule, "a rule", "rulePriority");
            if (rule["selection"] is MapNode selection)
                Selection(selection);
            else
                Refuse(rule.Location, "a rule needs a \"selection\": which images it is about");
            if ((rule["action"] as MapNode)?["type"] is not ScalarNode { Value: "expire" or "transition" })
                Refuse((rule["action"] ?? rule).Location, "a rule needs an \"action\"", "\"action\": {\"type\": \"expire\"}");
        }

        private void Selection(MapNode selection)
        {
            OnlyKnown(selection, "a selection", SelectionFields);
            var state = Word(selection, "tagStatus", TagStates);
            var count = Word(selection, "countType", Counts);
            Number(selection, "a selection", "countNumber");
            Tags(selection, state);
            if (count == "imageCountMoreThan" && selection.Find("countUnit") is { } unit)
                Refuse(unit.KeyLocation, "images are counted without a \"countUnit\"", "leave it out");
            else if (count is not (null or "imageCountMoreThan") && selection["countUnit"] is not ScalarNode { Value: "days" })
                Refuse((selection["countUnit"] ?? selection).Location, $"{count} needs a \"countUnit\"", "\"countUnit\": \"days\"");
        }

        private void Tags(MapNode selection, string? state)
        {
            string[] lists = [.. new[] { "tagPatternList", "tagPrefixList" }.Where(name => selection[name] is not null)];
            if (state == "tagged" && lists.Length != 1)
            {
                Refuse(selection.Location, "a selection of tagged images needs either a \"tagPatternList\" or a \"tagPrefixList\"",
                    "\"tagPatternList\": [\"*\"] for all of them");
            }
            foreach (var name in lists)
            {
                if (state is not (null or "tagged"))
                {
                    Refuse(selection.Find(name)!.Value.KeyLocation, $"images that are {state} are not selected by their tags",
                        "leave it out");
                }
                else if (selection[name] is not ListNode { Items.Length: > 0 } list)
                {
                    Refuse(selection[name]!.Location, $"\"{name}\" is a list of texts");
                }
                else if (list.Items.OfType<ScalarNode>().FirstOrDefault(p => p.Value.Count(c => c == '*') > MostWildcards) is { } pattern)
                {
                    Refuse(pattern.Location, $"a pattern has {MostWildcards} wildcards (*) at most");
                }
            }
        }

        private void Priorities(IReadOnlyList<MapNode> rules)
        {
            var known = rules.Select(r => (Rule: r, Priority: JsonText.WholeNumber(r["rulePriority"])))
                .Where(r => r.Priority is not null).ToList();
            foreach (var twice in known.GroupBy(r => r.Priority).SelectMany(g => g.Skip(1)))
            {
                Refuse(twice.Rule["rulePriority"]!.Location, $"two rules have the priority {twice.Priority}",
                    $"take another number: {known.Max(r => r.Priority) + 1}");
            }
            foreach (var (rule, priority) in known.Where(r => IsForAny(r.Rule)))
            {
                if (known.Any(r => r.Priority > priority))
                {
                    Refuse(rule["rulePriority"]!.Location, "a rule for any image comes last: it needs the highest priority of all",
                        $"\"rulePriority\": {known.Max(r => r.Priority) + 1}");
                }
            }
        }

        private static bool IsForAny(MapNode rule) => (rule["selection"] as MapNode)?["tagStatus"] is ScalarNode { Value: "any" };

        private string? Word(MapNode selection, string field, string[] words)
        {
            var given = (selection[field] as ScalarNode)?.Value;
            if (words.Contains(given))
                return given;
            Refuse((selection[field] ?? selection).Location,
                given is null ? $"a selection needs a \"{field}\"" : $"\"{field}\" cannot be \"{given}\"",
                given is null ? string.Join(", ", words) : Spelling.DidYouMean(given, words) ?? string.Join(", ", words));
            return null;
        }

        private void Number(MapNode within, string what, string field)
        {
            if (within[field] is not { } node)
                Refuse(within.Location, $"{what} needs a \"{field}\"", $"\"{field}\": 1");
            else if (JsonText.WholeNumber(node) is not >= 1)
                Refuse(node.Location, $"\"{field}\" is a whole number from 1 on");
        }

        private void OnlyKnown(MapNode node, string what, string[] known)
        {
            foreach (var entry in node.Entries.Where(e => !known.Contains(e.Key)))
            {
                Refuse(entry.KeyLocation, $"{what} has no \"{entry.Key}\"",
                    Spelling.DidYouMean(entry.Key, known) ?? string.Join(", ", known));
            }
        }
    }
}

/// <summary>What is wrong in the text of a policy, and from which character on.</summary>
public sealed record LifecycleMistake(int Start, int Length, string Message, string? WayOut);
