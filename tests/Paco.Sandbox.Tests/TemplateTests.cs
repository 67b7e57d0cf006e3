namespace Paco.Sandbox.Tests;

public sealed class TemplateTests
{
    [Fact]
    public async Task Functions_give_what_they_give_on_AWS()
    {
        await using var bench = new Bench();
        await bench.Create("f", """
            Parameters:
              Names: {Type: CommaDelimitedList, Default: "a, b,c"}
              Size: {Type: Number, Default: 3}
            Mappings:
              M: {us-west-2: {Ami: ami-1}}
            Conditions:
              Big: !Not [!Equals [!Ref Size, 1]]
              Both: !And [!Condition Big, !Equals [!Ref "AWS::Region", us-west-2]]
              Any: !Or [!Equals [a, b], !Condition Both]
            Resources:
              Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, InstanceTenancy: !Ref "AWS::NoValue"}}
              Off: {Type: AWS::SNS::Topic, Condition: Small, Properties: {}}
            Outputs:
              Join: {Value: !Join ["-", !Ref Names]}
              Split: {Value: !Select [1, !Split ["/", "x/y/z"]]}
              Sub: {Value: !Sub ["${Size} ${x} ${!raw} ${AWS::Region} ${Vpc}", {x: !Ref "AWS::StackName"}]}
              Map: {Value: !FindInMap [M, !Ref "AWS::Region", Ami]}
              Cidr: {Value: !Join [",", !Cidr [!GetAtt Vpc.CidrBlock, 3, 12]]}
              If: {Value: !If [Any, "yes", "no"]}
              Zone: {Value: !Select [3, !GetAZs ""]}
              Base: {Value: {"Fn::Base64": "hi"}}
              Partition: {Value: !Ref "AWS::Partition", Condition: Any}
              Hidden: {Value: 1, Condition: Small}
            """.Replace("Conditions:\n", "Conditions:\n  Small: !Equals [!Ref Size, 1]\n", StringComparison.Ordinal));
        Assert.Equal("a-b-c", await bench.Output("f", "Join"));
        Assert.Equal("y", await bench.Output("f", "Split"));
        Assert.Equal($"3 f ${{raw}} us-west-2 {await bench.Physical("f", "Vpc")}", await bench.Output("f", "Sub"));
        Assert.Equal("ami-1", await bench.Output("f", "Map"));
        Assert.Equal("10.0.0.0/20,10.0.16.0/20,10.0.32.0/20", await bench.Output("f", "Cidr"));
        Assert.Equal("yes", await bench.Output("f", "If"));
        Assert.Equal("us-west-2d", await bench.Output("f", "Zone"));
        Assert.Equal("aGk=", await bench.Output("f", "Base"));
        Assert.Equal("aws", await bench.Output("f", "Partition"));
        Assert.Equal(9, (await bench.Stack("f")).Element("Outputs")!.Elements().Count());
        await Assert.ThrowsAsync<Refusal>(() => bench.Resource("f", "Off"));
    }

    [Theory]
    [InlineData("Resources: {}", "At least one Resources member must be defined")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topik}}", "Unrecognized resource types: [AWS::SNS::Topik]")]
    [InlineData("Resources: {A: {Properties: {}}}", "Every Resources object must contain a Type member")]
    [InlineData("Resources: {A-b: {Type: AWS::SNS::Topic}}", "Resource name A-b is non alphanumeric")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic, Proprties: {}}}", "Invalid template resource property 'Proprties'")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref B}}}",
        "Unresolved resource dependencies [B] in the Resources block of the template")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic, DependsOn: B}}", "Unresolved resource dependencies [B]")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt B.Arn}}}", "references undefined resource B")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic}, B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt A.Colour}}}",
        "resource A does not support attribute type Colour in Fn::GetAtt")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic, DependsOn: B}, B: {Type: AWS::SNS::Topic, DependsOn: A}}",
        "Circular dependency between resources: [A, B]")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic, Condition: Nope}}", "Unresolved condition dependency Nope")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic, DeletionPolicy: Maybe}}", "Unrecognized DeletionPolicy Maybe")]
    [InlineData("Resourses: {A: {Type: AWS::SNS::Topic}}", "Invalid template property or properties [Resourses]")]
    [InlineData("Resources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: }}}",
        "[/Resources/A/Properties/DisplayName] 'null' values are not allowed in templates")]
    [InlineData("Resources: [", "YAML not well-formed")]
    [InlineData("- a", "unsupported structure")]
    [InlineData("{\"Resources\": {\"A\": 1}}", "Every Resources object must contain a Type member")]
    public async Task A_template_that_cannot_be_is_refused_at_once(string template, string words)
    {
        await using var bench = new Bench();
        foreach (var (action, name) in new[] { ("ValidateTemplate", ""), ("CreateStack", "StackName=s") })
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(
                () => bench.Cfn(action, [$"TemplateBody={template}", .. name.Length > 0 ? new[] { name } : []]));
            Assert.Equal("ValidationError", refusal.Code);
            Assert.Contains(words, refusal.Words, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<Refusal>(() => bench.Stack("s"));
    }

    [Theory]
    [InlineData("{Type: String}", null, "Parameters: [P] must have values")]
    [InlineData("{Type: Number}", "x", "must be a number")]
    [InlineData("{Type: String, AllowedValues: [a, b]}", "c", "Parameter 'P' must be one of AllowedValues")]
    [InlineData("{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: letters please}", "9",
        "failed to satisfy constraint: letters please")]
    [InlineData("{Type: String, MinLength: 3}", "ab", "must contain at least 3 characters")]
    [InlineData("{Type: Number, MaxValue: 5}", "6", "must be a number not greater than 5")]
    [InlineData("{Type: 'AWS::SSM::Parameter::Value<String>'}", "/no/such", "Unable to fetch parameters [/no/such]")]
    [InlineData("{Type: Colour}", "x", "Unrecognized parameter type: Colour")]
    public async Task A_parameter_that_does_not_fit_is_refused(string declaration, string? value, string words)
    {
        await using var bench = new Bench();
        string[] given = value is null ? [] : ["Parameters.member.1.ParameterKey=P", $"Parameters.member.1.ParameterValue={value}"];
        var refusal = await Assert.ThrowsAsync<Refusal>(
            () => bench.Create("s", $"Parameters: {{P: {declaration}}}\nResources: {{A: {{Type: AWS::SNS::Topic}}}}", given));
        Assert.Contains(words, refusal.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_parameter_is_refused()
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(
            () => bench.Create("s", "Resources: {A: {Type: AWS::SNS::Topic}}", "Parameters.member.1.ParameterKey=Q",
            "Parameters.member.1.ParameterValue=1"));
        Assert.Equal("Parameters: [Q] do not exist in the template", refusal.Words);
    }

    [Fact]
    public async Task A_parameter_that_is_not_echoed_is_masked_and_kept()
    {
        await using var bench = new Bench();
        const string Template =
            "Parameters: {Pw: {Type: String, NoEcho: true}}\nResources: {A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Pw}}}";
        await bench.Create("s", Template, "Parameters.member.1.ParameterKey=Pw", "Parameters.member.1.ParameterValue=hush");
        Assert.Equal("****", (await bench.Stack("s")).Element("Parameters")!.Element("member")!.Element("ParameterValue")!.Value);
        var same = await Assert.ThrowsAsync<Refusal>(
            () => bench.Update("s", Template, "Parameters.member.1.ParameterKey=Pw", "Parameters.member.1.UsePreviousValue=true"));
        Assert.Equal("No updates are to be performed.", same.Words);
    }

    [Theory]
    [InlineData("{Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, Colour: red}}", "Colour")]
    [InlineData("{Type: AWS::EC2::Subnet, Properties: {CidrBlock: 10.0.0.0/16}}", "VpcId")]
    [InlineData("{Type: AWS::EC2::VPC, Properties: {CidrBlock: {a: b}}}", "CidrBlock")]
    [InlineData("{Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, VpcId: vpc-1}}", "VpcId")]
    [InlineData("{Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 4}}", "RetentionInDays")]
    public async Task Amazons_schemas_are_held(string resource, string property)
    {
        await using var bench = new Bench();
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("s", $"Resources: {{A: {resource}}}"));
        var failed = Assert.Single(await bench.Events("s"), e => e.StartsWith("A CREATE_FAILED", StringComparison.Ordinal));
        Assert.Contains("Properties validation failed for resource A with message:", failed, StringComparison.Ordinal);
        Assert.Contains(property, failed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identity_resources_need_the_capability()
    {
        await using var bench = new Bench();
        const string Role = "Resources: {R: {Type: AWS::IAM::Role, Properties: {RoleName: r, AssumeRolePolicyDocument: {}}}}";
        var refusal = await Assert.ThrowsAsync<Refusal>(
            () => bench.Cfn("CreateStack", "StackName=s", $"TemplateBody={Role}", "Capabilities.member.1=CAPABILITY_IAM"));
        Assert.Equal(("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]"),
            (refusal.Code, refusal.Words));
        Assert.Equal("CREATE_COMPLETE", await bench.Create("s", Role));
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused()
    {
        await using var bench = new Bench();
        var refusal = await Assert.ThrowsAsync<Refusal>(
            () => bench.Create("s", "Resources: {A: {Type: AWS::SNS::Topic}} #" + new string('x', 51_200)));
        Assert.Contains("Member must have length less than or equal to 51200", refusal.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_template_comes_back_as_it_was_sent()
    {
        await using var bench = new Bench();
        const string Template = "# kept\nDescription: one\nResources: {A: {Type: AWS::SNS::Topic}}";
        await bench.Create("s", Template);
        Assert.Equal(Template, (await bench.Cfn("GetTemplate", "StackName=s")).Descendants("TemplateBody").Single().Value);
        var summary = await bench.Cfn("GetTemplateSummary", "StackName=s");
        Assert.Equal("AWS::SNS::Topic", summary.Descendants("ResourceTypes").Single().Value);
    }
}
