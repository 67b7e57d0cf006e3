using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.Route53;

/// <summary>
/// The zones of AWS's own names, which an alias must state beside the name. Resources of the project ask CloudFormation for
/// theirs; this table is only for names a person wrote. Regions that are not in it need a CNAME.
/// Source: AWS General Reference, "Elastic Load Balancing endpoints and quotas".
/// </summary>
internal static class AliasZones
{
    private const string CloudFront = "Z2FDTNDATAQYW2";
    private const string GlobalAccelerator = "Z2BJ6XQ5FK7U4H";

    /// <summary>The zone of <c>d1.cloudfront.net</c> and its like, or null.</summary>
    public static string? Find(string name)
    {
        var host = DomainNames.Normal(name);
        return host.Split('.') switch
        {
            [.., "cloudfront", "net"] => CloudFront,
            [.., "awsglobalaccelerator", "com"] => GlobalAccelerator,
            _ => Partition.All.FirstOrDefault(p => host.EndsWith($".{p.Domain}", StringComparison.Ordinal)) is { } partition
                ? LoadBalancer(host[..^(partition.Domain.Length + 1)].Split('.'))
                : null,
        };
    }

    private static string? LoadBalancer(string[] labels) => labels switch
    {
        [.., var region, "elb"] => Application(region),
        [.., "elb", var region] => Network(region),
        _ => null,
    };

    // Classic load balancers share it.
    private static string? Application(string region) => region switch
    {
        "us-east-1" => "Z35SXDOTRQ7X7K",
        "us-east-2" => "Z3AADJGX6KTTL2",
        "us-west-1" => "Z368ELLRRE2KJ0",
        "us-west-2" => "Z1H1FL5HABSF5",
        "af-south-1" => "Z268VQBMOI5EKX",
        "ap-east-1" => "Z3DQVH9N71FHZ0",
        "ap-south-1" => "ZP97RAFLXTNZK",
        "ap-south-2" => "Z0173938T07WNTVAEPZN",
        "ap-northeast-1" => "Z14GRHDCWA56QT",
        "ap-northeast-2" => "ZWKZPGTI48KDX",
        "ap-northeast-3" => "Z5LXEXXYW11ES",
        "ap-southeast-1" => "Z1LMS91P8CMLE5",
        "ap-southeast-2" => "Z1GM3OXH4ZPM65",
        "ap-southeast-3" => "Z08888821HLRG5A9ZRTER",
        "ap-southeast-4" => "Z09517862IB2WZLPXG76F",
        "ca-central-1" => "ZQSVJUPU6J1EY",
        "cn-north-1" => "Z1GDH35T77C1KE",
        "cn-northwest-1" => "ZM7IZAIOVVDZF",
        "eu-central-1" => "Z215JYRZR1TBD5",
        "eu-central-2" => "Z06391101F2ZOEP8P5EB3",
        "eu-west-1" => "Z32O12XQLNTSW2",
        "eu-west-2" => "ZHURV8PSTC4K8",
        "eu-west-3" => "Z3Q77PNBQS71R4",
        "eu-south-1" => "Z3ULH7SSC9OV64",
        "eu-south-2" => "Z0956581394HF5D5LXGAP",
        "eu-north-1" => "Z23TAZ6LKFMNIO",
        "me-south-1" => "ZS929ML54UICD",
        "me-central-1" => "Z08230872XQRWHG2XF6I",
        "sa-east-1" => "Z2P70J7HTTTPLU",
        "us-gov-east-1" => "Z166TLBEWOO7G0",
        "us-gov-west-1" => "Z33AYJ8TM3BH4J",
        _ => null,
    };

    private static string? Network(string region) => region switch
    {
        "us-east-1" => "Z26RNL4JYFTOTI",
        "us-east-2" => "ZLMOA37VPKANP",
        "us-west-1" => "Z24FKFUX50B4VW",
        "us-west-2" => "Z18D5FSROUN65G",
        "af-south-1" => "Z203XCE67M25HM",
        "ap-east-1" => "Z12Y7K3UBGUAD1",
        "ap-south-1" => "ZVDDRBQ08TROA",
        "ap-south-2" => "Z0711778386UTO08407HT",
        "ap-northeast-1" => "Z31USIVHYNEOWT",
        "ap-northeast-2" => "ZIBE1TIR4HY56",
        "ap-northeast-3" => "Z1GWIQ4HH19I5X",
        "ap-southeast-1" => "ZKVM4W9LS7TM",
        "ap-southeast-2" => "ZCT6FZBF4DROD",
        "ap-southeast-3" => "Z01971771FYVNCOVWJU1G",
        "ap-southeast-4" => "Z01156963G8MIIL7X90IV",
        "ca-central-1" => "Z2EPGBW3API2WT",
        "cn-north-1" => "Z3QFB96KMJ7ED6",
        "cn-northwest-1" => "ZQEIKTCZ8352D",
        "eu-central-1" => "Z3F0SRJ5LGBH90",
        "eu-central-2" => "Z02239872DOALSIDCX66S",
        "eu-west-1" => "Z2IFOLAFXWLO4F",
        "eu-west-2" => "ZD4D7Y8KGAS4G",
        "eu-west-3" => "Z1CMS0P5QUZ6D5",
        "eu-south-1" => "Z23146JA1KNAFP",
        "eu-south-2" => "Z1011216NVTVYADP1SSV",
        "eu-north-1" => "Z1UDT6IFJ4EJM",
        "me-south-1" => "Z3QSRYVP46NYYV",
        "me-central-1" => "Z00282643NTTLPANJJG2P",
        "sa-east-1" => "ZTK26PT1VY4CU",
        "us-gov-east-1" => "Z1ZSMQQ6Q24QQ8",
        "us-gov-west-1" => "ZMG1MZ2THAWF1",
        _ => null,
    };
}
