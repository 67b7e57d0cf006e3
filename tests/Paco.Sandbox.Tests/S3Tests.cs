using System.Xml.Linq;

namespace Paco.Sandbox.Tests;

public sealed class S3Tests
{
    private const string Here = "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";
    private const string Versioned = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";

    [Fact]
    public async Task An_object_comes_back_as_it_was_put_in_either_style_of_address()
    {
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "b-one", Here);
        await bench.S3(HttpMethod.Put, "b-one/a/b%20c.txt", "hello");
        var (_, body, headers) = await bench.Rest("s3", HttpMethod.Get, "https://b-one.s3.us-west-2.amazonaws.com/a/b%20c.txt");
        Assert.Equal("hello", body);
        Assert.Equal("\"5d41402abc4b2a76b9719d911017c592\"", headers.ETag!.Tag);
        Assert.Equal("NoSuchKey", (await Assert.ThrowsAsync<Refusal>(() => bench.S3(HttpMethod.Get, "b-one/none"))).Code);
        Assert.Equal("NoSuchBucket", (await Assert.ThrowsAsync<Refusal>(() => bench.S3(HttpMethod.Get, "b-two/none"))).Code);
    }

    /// <summary>Each of the text 123456789: the check values of the catalogue of CRCs, and RFC 3174's and 6234's digests of it.</summary>
    [Theory]
    [InlineData("crc32", "cbf43926")]
    [InlineData("crc32c", "e3069283")]
    [InlineData("crc64nvme", "ae8b14860a799888")]
    [InlineData("sha1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441")]
    [InlineData("sha256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    public async Task A_checksum_that_is_sent_is_held_against_the_content_and_answered(string algorithm, string digits)
    {
        var (header, sum) = ($"x-amz-checksum-{algorithm}", Convert.ToBase64String(Convert.FromHexString(digits)));
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "b-one", Here);
        var (_, _, headers) = await bench.S3(HttpMethod.Put, "b-one/k", "123456789", (header, sum));
        Assert.Equal(sum, headers.GetValues(header).Single());
        Assert.Equal("BadDigest", (await Assert.ThrowsAsync<Refusal>(() =>
            bench.S3(HttpMethod.Put, "b-one/k", "123456788", (header, sum)))).Code);
    }

    [Fact]
    public async Task A_body_in_chunks_is_put_together()
    {
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "b-one", Here);
        await bench.S3(HttpMethod.Put, "b-one/k", "5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n",
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"));
        Assert.Equal("hello world", (await bench.S3(HttpMethod.Get, "b-one/k")).Body);
        Assert.Equal("BadDigest", (await Assert.ThrowsAsync<Refusal>(() => bench.S3(HttpMethod.Put, "b-one/k",
            "5\r\nhullo\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n",
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")))).Code);
    }

    [Fact]
    public async Task A_bucket_belongs_to_one_account()
    {
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "b-one", Here);
        await using var other = await bench.In("222222222222");
        Assert.Equal("BucketAlreadyExists", (await Assert.ThrowsAsync<Refusal>(() => other.S3(HttpMethod.Put, "b-one", Here))).Code);
        Assert.Equal("BucketAlreadyOwnedByYou", (await Assert.ThrowsAsync<Refusal>(() => bench.S3(HttpMethod.Put, "b-one", Here))).Code);
        Assert.Equal(403, (await Assert.ThrowsAsync<Refusal>(() => other.S3(HttpMethod.Head, "b-one"))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<Refusal>(() => bench.S3(HttpMethod.Head, "b-nope"))).Status);
        var squatted = await Assert.ThrowsAsync<Refusal>(
            () => bench.S3(HttpMethod.Get, "b-one/k", null, ("x-amz-expected-bucket-owner", "333333333333")));
        Assert.Equal("AccessDenied", squatted.Code);
    }

    [Fact]
    public async Task Names_of_the_account_regional_namespace_are_nobody_elses()
    {
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "paco-111111111111-us-west-2-an", Here, ("x-amz-bucket-namespace", "account-regional"));
        var foreign = await Assert.ThrowsAsync<Refusal>(
            () => bench.S3(HttpMethod.Put, "paco-222222222222-us-west-2-an", Here, ("x-amz-bucket-namespace", "account-regional")));
        Assert.Equal("InvalidBucketName", foreign.Code);
    }

    [Fact]
    public async Task A_versioned_bucket_is_empty_only_without_versions_and_markers()
    {
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "b-one", Here);
        await bench.S3(HttpMethod.Put, "b-one?versioning", Versioned);
        await bench.S3(HttpMethod.Put, "b-one/k", "1");
        await bench.S3(HttpMethod.Put, "b-one/k", "2");
        await bench.S3(HttpMethod.Delete, "b-one/k");
        Assert.Equal("NoSuchKey", (await Assert.ThrowsAsync<Refusal>(() => bench.S3(HttpMethod.Get, "b-one/k"))).Code);
        Assert.Equal("BucketNotEmpty", (await Assert.ThrowsAsync<Refusal>(() => bench.S3(HttpMethod.Delete, "b-one"))).Code);

        var versions = Bench.Plain(XElement.Parse((await bench.S3(HttpMethod.Get, "b-one?versions&max-keys=2")).Body));
        Assert.Equal(["DeleteMarker", "Version"],
            versions.Elements().Where(e => e.Element("VersionId") is not null).Select(e => e.Name.LocalName));
        Assert.Equal("true", versions.Element("IsTruncated")!.Value);
        var all = Bench.Plain(XElement.Parse((await bench.S3(HttpMethod.Get, "b-one?versions")).Body)).Descendants("VersionId")
            .Select(v => $"<Object><Key>k</Key><VersionId>{v.Value}</VersionId></Object>");
        await bench.S3(HttpMethod.Post, "b-one?delete", $"<Delete>{string.Concat(all)}</Delete>");
        await bench.S3(HttpMethod.Delete, "b-one");
    }

    [Fact]
    public async Task Keys_come_in_pages()
    {
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "b-one", Here);
        foreach (var key in new[] { "a", "b", "c/d" })
        {
            await bench.S3(HttpMethod.Put, $"b-one/{key}", key);
        }

        var first = Bench.Plain(XElement.Parse((await bench.S3(HttpMethod.Get, "b-one?list-type=2&max-keys=2")).Body));
        var second = Bench.Plain(
            XElement.Parse((await bench.S3(HttpMethod.Get,
            $"b-one?list-type=2&max-keys=2&continuation-token={first.Element("NextContinuationToken")!.Value}")).Body));
        Assert.Equal(["a", "b", "c/d"], first.Descendants("Key").Concat(second.Descendants("Key")).Select(k => k.Value));
    }

    [Fact]
    public async Task The_bucket_of_a_stack_is_the_bucket_S3_serves()
    {
        await using var bench = new Bench();
        await bench.Create("s", "Resources: {B: {Type: AWS::S3::Bucket}}");
        var bucket = await bench.Physical("s", "B");
        Assert.Matches("^s-b-[a-z0-9]{12}$", bucket);
        await bench.S3(HttpMethod.Put, $"{bucket}/k", "1");
        await bench.Cfn("DeleteStack", "StackName=s");
        Assert.Equal("DELETE_FAILED", await bench.Status("s"));
        Assert.Contains(await bench.Events("s"),
            e => e.StartsWith("B DELETE_FAILED The bucket you tried to delete is not empty.", StringComparison.Ordinal));
        await bench.S3(HttpMethod.Delete, $"{bucket}/k");
        await bench.Cfn("DeleteStack", "StackName=s");
        await Assert.ThrowsAsync<Refusal>(() => bench.Status("s"));
    }

    [Fact]
    public async Task Settings_of_a_bucket_are_its_properties()
    {
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "b-one", Here);
        await bench.S3(HttpMethod.Put, "b-one?publicAccessBlock",
            "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>");
        await bench.S3(HttpMethod.Put, "b-one?policy", """{"Statement": []}""");
        Assert.True((bool)(await bench.Properties("AWS::S3::Bucket", "b-one"))["PublicAccessBlockConfiguration"]!["BlockPublicAcls"]!);
        Assert.NotNull((await bench.Properties("AWS::S3::BucketPolicy", "b-one"))["PolicyDocument"]);
    }

    /// <summary>
    /// S3 User Guide, "Default settings for new S3 buckets": what nobody set is read all the same, as the CDK does of encryption.
    /// </summary>
    [Theory]
    [InlineData("encryption", "SSEAlgorithm", "AES256",
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
        "aws:kms")]
    [InlineData("publicAccessBlock", "BlockPublicPolicy", "true",
        "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>", "false")]
    [InlineData("ownershipControls", "ObjectOwnership", "BucketOwnerEnforced",
        "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>", "ObjectWriter")]
    public async Task Settings_of_a_bucket_are_read(string setting, string element, string before, string put, string after)
    {
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "b-one", Here);
        async Task<string> Read() => Bench.Plain(XElement.Parse((await bench.S3(HttpMethod.Get, $"b-one?{setting}")).Body))
            .Descendants(element).Single().Value;

        Assert.Equal(before, await Read());
        await bench.S3(HttpMethod.Put, $"b-one?{setting}", put);
        Assert.Equal(after, await Read());
    }

    [Fact]
    public async Task A_template_is_read_from_the_bucket()
    {
        await using var bench = new Bench();
        await bench.S3(HttpMethod.Put, "b-one", Here);
        await bench.S3(HttpMethod.Put, "b-one/t.yaml", "Resources: {A: {Type: AWS::SNS::Topic}} #" + new string('x', 60_000));
        await bench.Cfn("CreateStack", "StackName=s", "TemplateURL=https://b-one.s3.us-west-2.amazonaws.com/t.yaml");
        Assert.Equal("CREATE_COMPLETE", await bench.Status("s"));
        var refusal = await Assert.ThrowsAsync<Refusal>(
            () => bench.Cfn("CreateStack", "StackName=t", "TemplateURL=https://s3.us-west-2.amazonaws.com/b-one/none.yaml"));
        Assert.StartsWith("S3 error: The specified key does not exist.", refusal.Words, StringComparison.Ordinal);
    }
}
