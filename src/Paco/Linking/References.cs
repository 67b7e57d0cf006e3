using Paco.Binding;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Linking;

/// <summary>Follows references: to objects for fields that name one, to values for parameters.</summary>
internal sealed class References(BuildContext build)
{
    private const int MaxSuggestions = 100;
    private readonly HashSet<(Location, string)> _reported = [];

    private static readonly ObjectPath Images = "function.aws.ec2.ami.latest";

    // Amazon's public parameters behind the words the original knew, and today's.
    private static readonly Dictionary<string, string> ImageParameters = new()
    {
        ["amazon-linux-2023"] = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        ["amazon-linux-2023-arm64"] = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
        ["amazon-linux-2"] = "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2",
        ["amazon-linux"] = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        ["amazon-linux-nat"] = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        ["amazon-linux-2-ecs"] = "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id",
        ["amazon-linux-2023-ecs"] = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        ["ubuntu-24.04"] = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
        ["ubuntu-22.04"] = "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
    };

    private int _suggested;

    private readonly Lazy<HashSet<NodeId>> _disabled = new(() => [.. build.Disabled]);

    /// <summary>Checks every reference somebody wrote, as far as it leads to what was read.</summary>
    public void CheckAll()
    {
        foreach (var use in build.Index.Uses.Where(use => !build.Index.IsUnread(use.Ref.Path)))
            Check(use);
    }

    /// <summary>What a reference yields as a parameter's value; null after a mistake is reported.</summary>
    /// <param name="quiet">The consumer is disabled: what is missing does not matter.</param>
    public Offer? Resolve(Ref reference, string owner, bool quiet)
    {
        if (build.Offers.Find(reference.Path) is { } offer)
            return !quiet && offer.Source.Needs.Any(_disabled.Value.Contains) ? Disabled(reference, owner) : offer;
        if (Images.Covers(reference.Path))
            return ImageOf(reference.Path) is { } parameter ? new Offer(new ImageSource(parameter)) : Unknown(reference, owner);
        return quiet ? null : Missing(reference, owner);
    }

    /// <summary>What a reference leads to, where that is not built yet and so yields no value.</summary>
    public Model? NotBuilt(Ref reference) =>
        build.Offers.Find(reference.Path) is null
        && build.Index.Walk(reference.Path).Found is { Knowledge: Knowledge.NotBuiltYet } target ? target : null;

    private void Check(RefUse use)
    {
        var path = use.Ref.Path;
        if (use.ToObject)
        {
            if (!FreeReferences.MayLeadSomewhere(build, use.Ref))
                Missing(use.Ref, use.Owner);
            return;
        }
        if (use.Ref.HasPlaceholder || (build.Offers.Find(path) is not null && use.Kinds.Count == 0))
            return;
        if (path.First is "function" or "service")
        {
            if (path.First == "function" && ImageOf(path) is null)
                Unknown(use.Ref, use.Owner);
            return;
        }
        var target = build.Index.Find(path);
        if (use.Kinds.Count > 0 && target is { IsBroken: false } && !use.Kinds.Contains(target.Kind))
        {
            build.Bag.Add(StackCodes.WrongKind, use.Ref.Location,
                $"{use.Ref.Written} is of kind {target.Kind}; \"{use.Field}\" takes {string.Join(" or ", use.Kinds)}", subject: use.Owner);
        }
        else if (target is null && (use.Kinds.Count > 0 || !IsKnownOutput(path)))
        {
            Missing(use.Ref, use.Owner);
        }
    }

    private static string? ImageOf(ObjectPath path) => Images.Covers(path) ? ImageParameters.GetValueOrDefault(Images.Rest(path)) : null;

    // Outputs of disabled or unfinished things are reported where they are used.
    private bool IsKnownOutput(ObjectPath path) => build.Index.Walk(path) is ({ } found, _) && found is AppResource && !found.IsEnabled;

    private Offer? Missing(Ref reference, string owner)
    {
        if (BrokenTargets.Swallow(build, reference.Path) || _reported.Contains((reference.Location, reference.Written)))
            return null;
        if (Topics.WhatLacks(build.Index, reference.Path) is var (topic, wayOut))
            return Report(Topics.Missing, reference, topic, wayOut, owner);
        var (found, rest) = build.Index.Walk(reference.Path);
        // A type nobody knows is reported where it is written, one that comes later by the linker.
        if (found is { Knowledge: not Knowledge.Whole })
            return null;
        if (found is { IsEnabled: false } && rest != ObjectPath.Root)
            return IsOff(owner) ? null : Disabled(reference, owner);
        var reached = build.Index.Reached(reference.Path) is var some && some == ObjectPath.Root ? new(reference.Path.First) : some;
        var left = reached.Rest(reference.Path);
        var message = left == ObjectPath.Root
            ? $"{reference.Written} names an object, not a value it has"
            : $"{reference.Written} leads nowhere: {reached} has no \"{left.First}\"";
        return Report(StackCodes.UnknownReference, reference, message, Suggest(reference, reached, left), owner);
    }

    // A reference of the base is read again for every environment and region: once is enough.
    private Offer? Report(DiagnosticCode code, Ref reference, string message, string? wayOut, string owner)
    {
        if (_reported.Add((reference.Location, reference.Written)))
            build.Bag.Add(code, reference.Location, message, wayOut, subject: owner);
        return null;
    }

    // Who is disabled as well asks for nothing.
    private bool IsOff(ObjectPath owner) => build.Index.Walk(owner).Found is { IsEnabled: false };

    private Offer? Disabled(Ref reference, string owner) => Report(StackCodes.DisabledTarget, reference,
        $"{reference.Written} refers to something that is disabled here",
        $"enable {build.Index.Walk(reference.Path).Found?.Path ?? reference.Path}, or change what refers to it", owner);

    private string? Suggest(Ref reference, ObjectPath reached, ObjectPath wanted)
    {
        // Looking through everything for each of ten thousand mistakes takes long, and nobody reads that far.
        if (_suggested++ >= MaxSuggestions)
            return null;
        var names = build.Index.Children(reached).Concat(
            build.Offers.Paths.Where(p => reached.Covers(p) && p != reached).Select(p => reached.Rest(p).Text)).Distinct().ToArray();
        // Only the part that leads nowhere is measured: what stands behind it may be right, or have been added by a field.
        var parts = names.Select(name => name.Split('.')[0]).Distinct().ToArray();
        return (parts.Contains(wanted.First) ? Spelling.DidYouMean(wanted, names) : Spelling.DidYouMean(wanted.First, parts))
            ?? (names.Length is > 0 and <= 12 ? $"there is: {string.Join(", ", names.Order(StringComparer.Ordinal))}" : null)
            ?? Spelling.DidYouMean(reference.Path, build.Index.Objects.Keys.Select(p => p.Text));
    }

    private Offer? Unknown(Ref reference, string owner) => Report(StackCodes.UnknownReference, reference,
        $"{reference.Written} is no function this version has",
        Spelling.DidYouMean(reference.Path, ImageParameters.Keys.Select(k => Images.Below(k).Text))
            ?? $"machine images: {string.Join(", ", ImageParameters.Keys)}", owner);
}
