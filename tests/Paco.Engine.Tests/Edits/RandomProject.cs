using System.Text.Json.Nodes;

namespace Paco.Engine.Tests.Edits;

/// <summary>A project of real resource types as dice make it: one or two environments, a few applications, keys and a zone.</summary>
internal static class RandomProject
{
    public static readonly string[] Accounts = ["master", "dev", "prod"];

    public static ProjectFiles Make(Random dice)
    {
        var files = new ProjectFiles
        {
            ["project.yaml"] = Tree($$"""
                {"name": "sim", "title": "Sim", "active_regions": ["us-west-2", "eu-central-1"], "s3bucket_hash": "0a1b2c3d"}
                """),
            ["resource/ec2.yaml"] = Tree("""
                {"keypairs": {"one": {"keypair_name": "one", "region": "us-west-2", "account": "paco.ref accounts.dev"}}}
                """),
            ["resource/route53.yaml"] = Tree("""
                {"hosted_zones": {"zone": {"enabled": true, "domain_name": "example.com", "account": "paco.ref accounts.prod"}}}
                """),
            ["netenv/mynet.yaml"] = Tree("""
                {"network": {"title": "Mynet", "enabled": true, "availability_zones": 2,
                  "vpc": {"enabled": true, "enable_dns_hostnames": true, "enable_dns_support": true, "enable_internet_gateway": true,
                    "security_groups": {"app": {}}, "segments": {}}},
                 "secrets_manager": {"app": {"site": {}}}, "applications": {}, "environments": {}}
                """),
        };
        for (var i = 0; i < Accounts.Length; i++)
            files[$"accounts/{Accounts[i]}.yaml"] = Account(i);
        Network(files.Network, dice);
        foreach (var name in new[] { "shop", "blog" }.Take(dice.Next(1, 3)))
            files.Network["applications"]![name] = Application(name, dice);
        foreach (var name in new[] { "dev", "prod" }.Take(dice.Next(1, 3)))
            AddEnvironment(files, name, dice);
        return files;
    }

    /// <summary>An environment with every application, in one region or two.</summary>
    public static void AddEnvironment(ProjectFiles files, string name, Random dice)
    {
        var number = name == "dev" ? 1 : 2;
        var segments = new JsonObject();
        foreach (var ((segment, _), i) in ProjectFiles.Objects(files.Network["network"]!["vpc"]!["segments"]).Select((s, i) => (s, i)))
        {
            segments[segment] = new JsonObject
            {
                ["az1_cidr"] = $"10.{number}.{i * 2 + 1}.0/24",
                ["az2_cidr"] = $"10.{number}.{i * 2 + 2}.0/24",
            };
        }
        var applications = new JsonObject();
        foreach (var (application, _) in ProjectFiles.Objects(files.Network["applications"]))
            applications[application] = new JsonObject { ["enabled"] = true };
        var environment = new JsonObject
        {
            ["title"] = name,
            ["default"] = new JsonObject
            {
                ["network"] = new JsonObject
                {
                    ["aws_account"] = $"paco.ref accounts.{name}",
                    ["vpc"] = new JsonObject { ["cidr"] = $"10.{number}.0.0/16", ["segments"] = segments },
                },
                ["applications"] = applications,
            },
            ["us-west-2"] = new JsonObject { ["enabled"] = true },
        };
        if (dice.Next(4) == 0)
            environment["eu-central-1"] = new JsonObject { ["enabled"] = true };
        files.Network[ProjectFiles.Environments]![name] = environment;
    }

    /// <summary>One more resource of a group, by what the application has.</summary>
    public static (string Name, JsonObject Resource) Resource(int number, Random dice)
    {
        var (name, made) = dice.Next(5) switch
        {
            0 => ("address", """{"type": "EIP", "title": "Address", "enabled": true}"""),
            1 => ("servers", $$"""
                {"type": "ASG", "title": "Servers", "enabled": true, "instance_type": "t3.micro", "instance_ami": "ami-0123456789abcdef0",
                 "instance_iam_role": {"enabled": true}, "min_instances": 1, "max_instances": 2, "desired_capacity": 1, "segment": "public",
                 "security_groups": ["paco.ref netenv.mynet.network.vpc.security_groups.app.web"], "user_data_script": "echo {{number}}\n"}
                """),
            2 => ("balancer", """
                {"type": "LBApplication", "title": "Balancer", "enabled": true, "scheme": "internet-facing", "segment": "public",
                 "security_groups": ["paco.ref netenv.mynet.network.vpc.security_groups.app.web"],
                 "target_groups": {"web": {"port": 80, "protocol": "HTTP", "health_check_path": "/", "health_check_interval": 30,
                   "health_check_timeout": 10, "healthy_threshold": 2, "unhealthy_threshold": 4, "connection_drain_timeout": 60} },
                 "listeners": {"http": {"port": 80, "protocol": "HTTP", "target_group": "web",
                   "rules": {"one": {"enabled": true, "rule_type": "forward", "priority": 1, "host": "one.example.com", "target_group": "web"},
                             "two": {"enabled": true, "rule_type": "forward", "priority": 2, "host": "two.example.com", "target_group": "web"} } } } }
                """),
            3 => ("database", """
                {"type": "RDSMysql", "title": "Database", "enabled": true, "engine_version": "8.4", "db_instance_type": "db.t4g.micro",
                 "port": 3306, "storage_type": "gp3", "storage_size_gb": 20, "storage_encrypted": true, "multi_az": false,
                 "publically_accessible": false, "segment": "paco.ref netenv.mynet.network.vpc.segments.private",
                 "security_groups": ["paco.ref netenv.mynet.network.vpc.security_groups.app.web"], "master_username": "root",
                 "master_user_password": "first-password", "backup_retention_period": 7}
                """),
            _ => ("certificate", $$"""
                {"type": "ACM", "title": "Certificate", "enabled": true, "domain_name": "c{{number}}.example.com",
                 "subject_alternative_names": []}
                """),
        };
        return ($"{name}{number}", Tree(made));
    }

    private static JsonObject Account(int number)
    {
        var name = Accounts[number];
        var account = Tree($$"""
            {"title": "{{name}}", "account_type": "AWS", "region": "us-west-2", "root_email": "root+{{name}}@example.com",
             "account_id": "{{222222222220 + number}}"}
            """);
        if (number == 0)
        {
            account["is_master"] = true;
            account["organization_account_ids"] = new JsonArray([.. Accounts.Skip(1).Select(a => JsonValue.Create(a))]);
        }
        return account;
    }

    private static void Network(JsonObject root, Random dice)
    {
        var vpc = root["network"]!["vpc"]!;
        foreach (var segment in new[] { "public", "private", "spare" }.Take(dice.Next(2, 4)))
            vpc["segments"]![segment] = new JsonObject { ["enabled"] = true, ["internet_access"] = segment == "public" };
        foreach (var group in new[] { "web", "back" }.Take(dice.Next(1, 3)))
        {
            vpc["security_groups"]!["app"]![group] = Tree("""
                {"enabled": true,
                 "egress": [{"name": "ANY", "protocol": "-1", "cidr_ip": "0.0.0.0/0"}],
                 "ingress": [{"name": "HTTP", "protocol": "tcp", "port": 80, "cidr_ip": "0.0.0.0/0"},
                             {"name": "HTTPS", "protocol": "tcp", "port": 443, "cidr_ip": "10.0.0.0/8"}]}
                """);
        }
        if (dice.Next(2) == 0)
        {
            root["secrets_manager"]!["app"]!["site"]!["database"] = Tree("""
                {"enabled": true, "generate_secret_string": {"enabled": true, "secret_string_template": "{\"username\": \"root\"}",
                 "generate_string_key": "password", "password_length": 16, "exclude_characters": "\"@/\\ "}}
                """);
        }
    }

    private static JsonObject Application(string name, Random dice)
    {
        var groups = new JsonObject();
        foreach (var group in new[] { "site", "tools" }.Take(dice.Next(1, 3)))
        {
            var resources = new JsonObject();
            for (var i = dice.Next(1, 4); i > 0; i--)
            {
                var (resource, tree) = Resource((group == "site" ? 0 : 10) + i, dice);
                resources[resource] = tree;
            }
            groups[group] = new JsonObject
            {
                ["type"] = "Application",
                ["title"] = group,
                ["enabled"] = true,
                ["order"] = 1,
                ["resources"] = resources,
            };
        }
        return new JsonObject { ["title"] = name, ["enabled"] = true, ["groups"] = groups };
    }

    private static JsonObject Tree(string text) => (JsonObject)JsonNode.Parse(text)!;
}
