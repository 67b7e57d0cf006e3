using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>The public keys of the people with SSH access.</summary>
internal static class SshKeys
{
    /// <summary>Lines of <c>authorized_keys</c>: users first, then the members of groups, each key once.</summary>
    public static ImmutableArray<string> Of(Asg asg, BuildContext build)
    {
        if (asg.SshAccess is not { IsEmpty: false } access)
            return [];
        var people = build.Index.Find(ISshUsers.Path) as ISshUsers;
        var users = people?.PublicKeys ?? ImmutableDictionary<string, string>.Empty;
        var groups = people?.Groups ?? ImmutableDictionary<string, IReadOnlyList<string>>.Empty;
        CheckAll("user", access.Users, users.Keys, access.UsersPlace);
        CheckAll("group", access.Groups, groups.Keys, access.GroupsPlace);
        return
        [
            .. access.Users.Concat(access.Groups.SelectMany(g => groups.GetValueOrDefault(g) ?? []))
                .Where(users.ContainsKey)
                .DistinctBy(name => users[name])
                .Select(name => $"{users[name].Trim()} {name}"),
        ];

        void CheckAll(string what, ImmutableArray<string> names, IEnumerable<string> known, Location place)
        {
            foreach (var name in names.Where(n => !known.Contains(n)))
            {
                build.Bag.Add(BindingCodes.BrokenRule, place, $"resource/ec2.yaml has no {what} \"{name}\"",
                    Spelling.DidYouMean(name, known), subject: asg.Path);
            }
        }
    }
}
