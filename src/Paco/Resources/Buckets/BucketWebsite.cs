using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.Buckets;

/// <summary>The bucket answers as a website, over plain HTTP. Paco 9 read it and made nothing of it.</summary>
public sealed class StaticWebsite(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false, WhenDisabled.Alone);

    public string IndexDocument { get; } = f.Text("index_document", "What a folder shows.", "index.html",
        Check.Matching("a name without /", "^[^/]+$"));

    public string? ErrorDocument { get; } = f.Text("error_document", "What is shown in place of what is not there.");

    public WebsiteRedirect? RedirectRequests { get; } =
        f.Object("redirect_requests", "Send every request elsewhere.", x => new WebsiteRedirect(x));

    /// <summary>The host name of a website: S3 tells its address with the protocol before it.</summary>
    internal static Value HostOf(string bucketId) =>
        Fn.Select(2, new FunctionValue("Fn::Split", Value.List("/", Fn.GetAtt(bucketId, "WebsiteURL"))));

    internal MapValue ToValue(StackBuilder stack) => RedirectRequests is { } redirect
        ? new MapValue { ["RedirectAllRequestsTo"] = redirect.ToValue(stack) }
        : new MapValue { ["IndexDocument"] = IndexDocument, ["ErrorDocument"] = Value.Of(ErrorDocument) };
}

/// <summary>Where a website sends all requests.</summary>
public sealed class WebsiteRedirect(Fields f) : Model(f)
{
    public string Protocol { get; } = f.RequiredText("protocol", "http or https.", Check.OneOf("http", "https"));

    public RefOrText? Target { get; } =
        f.RefOrText("target", "A host name, or another bucket that is a website.", "S3Bucket", required: true);

    internal void CheckTarget(BuildContext build, string owner)
    {
        if (Target?.Ref is { } target && build.Buckets.Find(target) is { IsWebsite: false })
        {
            build.Bag.Add(BindingCodes.BrokenRule, target.Location, $"{target.Written} is no website", "give it static_website_hosting",
                subject: owner);
        }
    }

    internal MapValue ToValue(StackBuilder stack) => new()
    {
        ["HostName"] = Target is null ? null : stack.RefOrText("RedirectTarget", Target, "website"),
        ["Protocol"] = Protocol,
    };
}
