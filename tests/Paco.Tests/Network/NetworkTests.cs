using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Network;
using Paco.Stacks;
using Paco.Tests.Pages;

namespace Paco.Tests.Network;

/// <summary>What pages do not show: who waits for whom, and how ranges compare.</summary>
public sealed class NetworkTests
{
    private const string Switched =
        """
        # Switched
        ## From an instance to AWS's gateway
        ```yaml network
        segments:
          public: {enabled: true, internet_access: true, az1_cidr: 10.0.1.0/24, az2_cidr: 10.0.2.0/24}
          private: {enabled: true, az1_cidr: 10.0.3.0/24, az2_cidr: 10.0.4.0/24}
        nat_gateway:
          new:
            enabled: true
            segment: paco.ref netenv.mynet.network.vpc.segments.public
            default_route_segments: [paco.ref netenv.mynet.network.vpc.segments.private]
          old:
            type: EC2
            segment: paco.ref netenv.mynet.network.vpc.segments.public
            default_route_segments: [paco.ref netenv.mynet.network.vpc.segments.private]
        ```
        """;

    [Fact]
    public void A_gateway_waits_until_a_disabled_one_has_given_back_its_routes()
    {
        var gateway = Compile(Switched).Graph!.Nodes.Single(n => n.Id.Name == "NE-mynet-dev-Net-new-NGW");

        Assert.Contains(gateway.DependsOn, id => id.Name == "NE-mynet-dev-Net-old-NGW");
    }

    [Fact]
    public void A_private_segment_names_the_stack_that_is_its_way_out_and_a_public_one_needs_none()
    {
        var project = Compile(Switched).Project!;
        var environment = new EnvironmentRegion("mynet", "dev", "netenv.mynet.dev.us-west-2", 2, true);
        var scope = new BuildScope(project.Build(new DiagnosticBag()), new Place("dev", "us-west-2"))
        {
            Prefix = "",
            Label = "",
            Environment = environment,
        };
        var network = (IVpc)project.Index.Find(environment.VpcPath)!;

        Assert.Equal("NE-mynet-dev-Net-new-NGW", Assert.Single(network.InternetRoutes(scope, environment.SegmentPath("private"))).Name);
        Assert.Empty(network.InternetRoutes(scope, environment.SegmentPath("public")));
    }

    [Theory]
    [InlineData("10.0.0.0/16", "10.0.255.0/24", true)]
    [InlineData("10.0.0.0/24", "10.0.1.0/24", false)]
    [InlineData("10.0.0.77/24", "10.0.0.128/25", true)]
    [InlineData("0.0.0.0/0", "255.255.255.255/32", true)]
    [InlineData("10.0.0.0/31", "10.0.0.2/31", false)]
    public void Ranges_overlap_whichever_is_asked(string one, string other, bool overlap)
    {
        var (a, b) = (AddressRange.Parse(one)!.Value, AddressRange.Parse(other)!.Value);

        Assert.Equal(overlap, a.Overlaps(b));
        Assert.Equal(overlap, b.Overlaps(a));
        Assert.Equal(overlap, a.Contains(b));
    }

    private static Compilation Compile(string page)
    {
        using var folder = new TemporaryFolder();
        PageProject.Write(folder, new Page("", page).Sections.Single());
        return Toolkit.Compile(folder.Path);
    }
}
