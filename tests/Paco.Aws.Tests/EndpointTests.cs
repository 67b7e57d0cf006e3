using Paco.Clouds;

namespace Paco.Aws.Tests;

public sealed class EndpointTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("paco-aws").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("CloudFormation", "us-west-2", "https://cloudformation.us-west-2.amazonaws.com")]
    [InlineData("CloudFormation", "cn-north-1", "https://cloudformation.cn-north-1.amazonaws.com.cn")]
    [InlineData("STS", "eu-central-1", "https://sts.eu-central-1.amazonaws.com")]
    [InlineData("Route 53", "eu-central-1", "https://route53.amazonaws.com")]
    [InlineData("Route 53", "us-gov-east-1", "https://route53.us-gov.amazonaws.com")]
    [InlineData("Organizations", "eu-central-1", "https://organizations.us-east-1.amazonaws.com")]
    [InlineData("Organizations", "cn-north-1", "https://organizations.cn-northwest-1.amazonaws.com.cn")]
    [InlineData("SNS", "eu-central-1", "https://sns.eu-central-1.amazonaws.com")]
    [InlineData("IAM", "eu-central-1", "https://iam.amazonaws.com")]
    [InlineData("IAM", "us-gov-east-1", "https://iam.us-gov.amazonaws.com")]
    [InlineData("IAM", "cn-northwest-1", "https://iam.cn-north-1.amazonaws.com.cn")]
    [InlineData("IAM", "eusc-de-east-1", "https://iam.eusc-de-east-1.amazonaws.eu")]
    public void AWSs_own_addresses_follow_region_and_partition(string service, string region, string address) =>
        Assert.Equal(address, Address(Clouds.Options(), service, region));

    [Fact]
    public void A_bucket_goes_into_the_host_name_unless_its_certificate_or_the_endpoint_forbid()
    {
        Assert.Equal("https://shop.s3.us-west-2.amazonaws.com", Address(Clouds.Options(), "S3", "us-west-2", "shop"));
        Assert.Equal("https://s3.us-west-2.amazonaws.com/shop.example", Address(Clouds.Options(), "S3", "us-west-2", "shop.example"));
        Assert.Equal("http://127.0.0.1:5000/shop",
            Address(Clouds.Options() with { EndpointUrl = "http://127.0.0.1:5000/" }, "S3", "us-west-2", "shop"));
    }

    [Fact]
    public void Endpoints_are_found_in_AWSs_own_order()
    {
        File.WriteAllText(Path.Combine(_home, "config"), """
            [default]
            endpoint_url = http://profile:1   # a comment
            services = local
            [services local]
            s3 =
              endpoint_url = http://profile-s3:2
            route_53 =
              endpoint_url = http://profile-dns:3
            [profile quiet]
            ignore_configured_endpoint_urls = true
            endpoint_url = http://profile:4
            """);
        AwsOptions With(params (string, string)[] variables) =>
            Clouds.Options() with { Environment = Clouds.Environment([("AWS_CONFIG_FILE", Path.Combine(_home, "config")), .. variables]) };

        Assert.Equal("http://profile:1", Address(With(), "CloudFormation", "us-west-2"));
        Assert.Equal("http://profile-s3:2", Address(With(), "S3", "us-west-2"));
        Assert.Equal("http://profile-dns:3", Address(With(), "Route 53", "us-west-2"));
        Assert.Equal("http://all:5", Address(With(("AWS_ENDPOINT_URL", "http://all:5")), "S3", "us-west-2"));
        Assert.Equal("http://dns:6",
            Address(With(("AWS_ENDPOINT_URL", "http://all:5"), ("AWS_ENDPOINT_URL_ROUTE_53", "http://dns:6")), "Route 53", "us-west-2"));
        Assert.Equal("http://said:7",
            Address(With(("AWS_ENDPOINT_URL", "http://all:5")) with { EndpointUrl = "http://said:7" }, "S3", "us-west-2"));
        Assert.Equal("https://ssm.us-west-2.amazonaws.com",
            Address(With(("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")), "SSM", "us-west-2"));
        Assert.Equal("https://ssm.us-west-2.amazonaws.com", Address(With() with { Profile = "quiet" }, "SSM", "us-west-2"));
    }

    [Fact]
    public void Only_AWS_itself_is_AWS()
    {
        bool IsAws(AwsOptions options)
        {
            using var cloud = AwsCloud.Create(options);
            return cloud.IsAws;
        }
        AwsOptions With(string variable) => Clouds.Options() with { Environment = Clouds.Environment((variable, "http://127.0.0.1:5000")) };
        Assert.True(IsAws(Clouds.Options()));
        Assert.False(IsAws(With("AWS_ENDPOINT_URL")));
        Assert.False(IsAws(With("AWS_ENDPOINT_URL_CLOUDFORMATION")));
        using var handler = new HttpClientHandler();
        Assert.False(IsAws(Clouds.Options() with { Handler = handler }));
    }

    [Fact]
    public async Task Keys_of_a_profile_are_used()
    {
        File.WriteAllText(Path.Combine(_home, "config"), "[profile jane]\nregion = eu-central-1\n");
        File.WriteAllText(Path.Combine(_home, "credentials"), "[jane]\naws_access_key_id = AKIDJANE\naws_secret_access_key=s\n");
        using var canned = new Canned(_ => Canned.Identity("111111111111"));
        using var cloud = AwsCloud.Create(WithProfile("jane") with { Handler = canned });

        await cloud.SignIn(["dev"], CancellationToken.None);

        Assert.All(canned.Requests, r => Assert.Equal("AKIDJANE", r.KeyId));
    }

    [Fact]
    public async Task A_profile_that_asks_a_program_for_keys_gets_them()
    {
        var program = """sh -c 'echo "{\"Version\":1,\"AccessKeyId\":\"AKIDPROGRAM\",\"SecretAccessKey\":\"s\"}"'""";
        File.WriteAllText(Path.Combine(_home, "credentials"), $"[tool]\ncredential_process = {program}\n");
        using var canned = new Canned(_ => Canned.Identity("111111111111"));
        using var cloud = AwsCloud.Create(WithProfile("tool") with { Handler = canned });

        await cloud.SignIn(["dev"], CancellationToken.None);

        Assert.All(canned.Requests, r => Assert.Equal("AKIDPROGRAM", r.KeyId));
    }

    [Fact]
    public async Task A_profile_nobody_wrote_is_answered_with_those_there_are()
    {
        File.WriteAllText(Path.Combine(_home, "credentials"), "[jane]\naws_access_key_id = A\n[joe]\n");
        using var cloud = AwsCloud.Create(WithProfile("jan"));

        var unknown = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], CancellationToken.None));

        Assert.Equal("No AWS profile is called \"jan\". There are: jane, joe.", unknown.Message);
    }

    [Fact]
    public async Task Single_sign_on_that_is_over_says_how_to_sign_in_again()
    {
        File.WriteAllText(Path.Combine(_home, "credentials"), """
            [work]
            sso_start_url = https://example.awsapps.com/start
            sso_region = us-west-2
            sso_account_id = 111111111111
            sso_role_name = Admin
            """);
        using var cloud = AwsCloud.Create(WithProfile("work"));

        var over = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], CancellationToken.None));

        Assert.Equal((CloudErrorKind.AccessDenied, "NoCredentials"), (over.Kind, over.Code));
        Assert.Contains("the profile work", over.Message, StringComparison.Ordinal);
        Assert.Contains("aws sso login --profile work", over.Message, StringComparison.Ordinal);
    }

    private AwsOptions WithProfile(string name) => Clouds.Options(Clouds.Account("dev", "111111111111")) with
    {
        Keys = null,
        Profile = name,
        Environment = Clouds.Environment(
            ("AWS_CONFIG_FILE", Path.Combine(_home, "config")), ("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(_home, "credentials"))),
    };

    private static string Address(AwsOptions options, string service, string region, string? bucket = null)
    {
        AwsService[] all =
        [
            AwsService.CloudFormation, AwsService.Sts, AwsService.S3, AwsService.Route53, AwsService.Organizations, AwsService.Ssm,
            AwsService.Iam, AwsService.Sns,
        ];
        var endpoints = new Endpoints(options, new Lazy<AwsConfig>(() => AwsConfig.Read(options.Environment)));
        return endpoints.Address(all.Single(s => s.Id == service), region, bucket);
    }
}
