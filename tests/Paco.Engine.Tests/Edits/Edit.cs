using System.Text.Json.Nodes;

namespace Paco.Engine.Tests.Edits;

/// <summary>One thing somebody changes in a project.</summary>
/// <param name="Name">What a failed seed says was done.</param>
/// <param name="Do">Does it; false where the project has nothing to do it to.</param>
internal sealed record Edit(string Name, Func<ProjectFiles, Random, bool> Do)
{
    public static readonly Edit[] All =
    [
        new("rename a resource", (files, dice) => Rename(files, dice, Some(Resources(files), dice))),
        new("rename a group", (files, dice) => Rename(files, dice, Some(Groups(files), dice))),
        new("rename an application", (files, dice) => Rename(files, dice, Some(Applications(files), dice))),
        new("rename a security group", (files, dice) =>
            Rename(files, dice, Some(Below(files, "network", "vpc", "security_groups", "app"), dice))),
        new("rename a segment", RenameSegment),
        new("rename a target group, listener or rule", RenameInside),
        new("rename a security group's rule", (files, dice) => RuleOf(files, dice) is { } rule && Set(rule, "name", $"R{dice.Next(100)}")),
        new("describe a security group's rule", (files, dice) => RuleOf(files, dice) is { } rule && Set(rule, "description", "Mine")),
        new("move a resource to another group", Move),
        new("re-order", Reorder),
        new("disable or enable a resource", (files, dice) => Some(Resources(files), dice) is { } it && Toggle(it.Tree)),
        new("disable or enable an application", (files, dice) => Some(Applications(files), dice) is { } it
            && files.Layers("applications", it.Name).Skip(1).ToList() is [var first, ..] && Toggle(first)),
        new("disable or enable a region", (files, dice) => RegionOf(files, dice) is { } region && Toggle(region)),
        new("remove a resource", (files, dice) => Some(Resources(files), dice) is { } it && Remove(files, it)),
        new("add a resource", Add),
        new("remove an application", (files, dice) => Some(Applications(files), dice) is { } it && Remove(files, it)),
        new("remove a region", RemoveRegion),
        new("add a region", (files, dice) => Some([.. ProjectFiles.Objects(files.Network[ProjectFiles.Environments])], dice) is { } it
            && Set(it.Value, "eu-central-1", new JsonObject { ["enabled"] = true })),
        new("remove an environment", (files, dice) => files.Network[ProjectFiles.Environments] is JsonObject { Count: > 1 } all
            && all.Remove(all.ElementAt(dice.Next(all.Count)).Key)),
        new("add an environment", AddEnvironment),
        new("remove a key pair", (files, _) => files["resource/ec2.yaml"]["keypairs"] is JsonObject keys && keys.Remove("one")),
        new("add a key pair", (files, _) => Set((JsonObject)files["resource/ec2.yaml"]["keypairs"]!, "two",
            JsonNode.Parse("""{"keypair_name": "two", "region": "us-west-2", "account": "paco.ref accounts.prod"}"""))),
        new("change a value", ChangeValue),
        new("change a value", ChangeValue),
        new("change a value", ChangeValue),
        new("change a value", ChangeValue),
        new("give a load balancer a name", NameBalancer),
        new("let resources use each other", Wire),
        new("let resources use each other", Wire),
        new("change a secret", ChangeSecret),
        new("change a generated secret", ChangeGeneratedSecret),
    ];

    // Fields and what they may become: in place, by another resource, and what loses something.
    private static readonly Dictionary<string, (string Field, JsonNode[] Values)[]> Values = new(StringComparer.Ordinal)
    {
        ["ASG"] =
        [
            ("instance_type", ["t3.small", "t3.medium"]), ("max_instances", [2, 3]),
            ("user_data_script", ["echo changed\n", "echo again\n"]),
            ("instance_ami", ["ami-0fedcba9876543210", "ami-0123456789abcdef0"]), ("associate_public_ip_address", [true]),
        ],
        ["LBApplication"] = [("scheme", ["internal", "internet-facing"]), ("idle_timeout_secs", [30, 90])],
        ["RDSMysql"] =
        [
            ("storage_size_gb", [20, 30, 31, 40]), ("engine_version", ["8.4.3", "8.4.5", "8.0.40"]), ("storage_encrypted", [false, true]),
            ("db_instance_type", ["db.t4g.small", "db.t4g.micro"]),
            ("backup_retention_period", [0, 7, 14]), ("multi_az", [true, false]), ("port", [3307]), ("master_username", ["root", "owner"]),
        ],
        ["ACM"] = [("domain_name", ["other.example.com", "another.example.com"])],
        ["EIP"] = [("title", ["Another title"])],
    };

    // ---- what there is to change ------------------------------------------------------------------------------

    private sealed record Named(string[] Path, string Name, JsonObject Tree);

    private static List<Named> Below(ProjectFiles files, params string[] path) =>
    [
        .. ProjectFiles.Objects(path.Aggregate<string, JsonNode?>(files.Network, (at, name) => at?[name]))
            .Select(e => new Named(path, e.Key, e.Value)),
    ];

    private static List<Named> Applications(ProjectFiles files) => Below(files, "applications");

    private static List<Named> Groups(ProjectFiles files) =>
        [.. Applications(files).SelectMany(a => Below(files, "applications", a.Name, "groups"))];

    private static List<Named> Resources(ProjectFiles files) =>
        [.. Groups(files).SelectMany(g => Below(files, [.. g.Path, g.Name, "resources"]))];

    private static Named? Some(List<Named> among, Random dice) => among.Count == 0 ? null : among[dice.Next(among.Count)];

    private static (string Key, JsonObject Value)? Some(List<(string Key, JsonObject Value)> among, Random dice) =>
        among.Count == 0 ? null : among[dice.Next(among.Count)];

    private static JsonObject? RuleOf(ProjectFiles files, Random dice) =>
        Some(Below(files, "network", "vpc", "security_groups", "app"), dice)?.Tree["ingress"] is JsonArray { Count: > 0 } rules
            ? (JsonObject)rules[dice.Next(rules.Count)]!
            : null;

    private static JsonObject? RegionOf(ProjectFiles files, Random dice) =>
        Some([.. ProjectFiles.Objects(files.Network[ProjectFiles.Environments]).SelectMany(e => ProjectFiles.Objects(e.Value))
            .Where(layer => layer.Key != "default")], dice)?.Value;

    // ---- what is done to it -----------------------------------------------------------------------------------

    private static bool Set(JsonObject tree, string field, JsonNode? value)
    {
        if (JsonNode.DeepEquals(tree[field], value))
            return false;
        tree[field] = value?.DeepClone();
        return true;
    }

    private static bool Toggle(JsonObject tree) => Set(tree, "enabled", !(bool)(tree["enabled"] ?? true));

    private static bool Rename(ProjectFiles files, Random dice, Named? it)
    {
        if (it is null)
            return false;
        files.Rename(it.Path, it.Name, $"{it.Name.TrimEnd("0123456789".ToCharArray())}{dice.Next(20, 90)}");
        return true;
    }

    private static bool RenameSegment(ProjectFiles files, Random dice)
    {
        if (Some(Below(files, "network", "vpc", "segments"), dice) is not { } segment)
            return false;
        var name = $"{segment.Name}{dice.Next(10)}";
        files.Rename(segment.Path, segment.Name, name);
        foreach (var resource in Resources(files).Where(r => (string?)r.Tree["segment"] == segment.Name))
            resource.Tree["segment"] = name;
        return true;
    }

    private static bool RenameInside(ProjectFiles files, Random dice)
    {
        if (OfType(files, "LBApplication", dice) is not { } balancer)
            return false;
        var path = dice.Next(3) switch { 0 => "target_groups", 1 => "listeners", _ => "listeners.http.rules" };
        string[] whole = [.. balancer.Path, balancer.Name, .. path.Split('.')];
        if (Some(Below(files, whole), dice) is not { } it)
            return false;
        var name = $"{it.Name}{dice.Next(10)}";
        files.Rename(whole, it.Name, name);
        if (path == "target_groups")
            Retarget(balancer.Tree, it.Name, name);
        return true;
    }

    private static void Retarget(JsonNode? tree, string from, string to)
    {
        foreach (var (_, below) in ProjectFiles.Objects(tree))
        {
            if ((string?)(below["target_group"] as JsonValue) == from)
                below["target_group"] = to;
            Retarget(below, from, to);
        }
    }

    private static bool Move(ProjectFiles files, Random dice)
    {
        if (Some(Resources(files), dice) is not { } it || Some(Groups(files), dice) is not { } group)
            return false;
        string[] target = [.. group.Path, group.Name, "resources"];
        if (target.SequenceEqual(it.Path) || ((JsonObject)group.Tree["resources"]!).ContainsKey(it.Name))
            return false;
        var tree = it.Tree.DeepClone();
        Remove(files, it);
        group.Tree["resources"]![it.Name] = tree;
        files.Redirect($"netenv.mynet.{string.Join('.', it.Path)}.{it.Name}", $"netenv.mynet.{string.Join('.', target)}.{it.Name}");
        return true;
    }

    private static bool Reorder(ProjectFiles files, Random dice)
    {
        Named[] all =
        [
            .. Groups(files), .. Resources(files), .. Below(files, "network", "vpc"), .. Below(files, "network", "vpc", "security_groups"),
            .. Resources(files).SelectMany(r => Below(files, [.. r.Path, r.Name])),
        ];
        foreach (var it in all)
            ProjectFiles.Shuffle(it.Tree, dice);
        ProjectFiles.Shuffle(files.Network, dice);
        return true;
    }

    private static bool Remove(ProjectFiles files, Named it)
    {
        foreach (var layer in files.Layers(it.Path).ToList())
            layer.Remove(it.Name);
        return true;
    }

    private static bool Add(ProjectFiles files, Random dice)
    {
        if (Some(Groups(files), dice) is not { } group)
            return false;
        var (name, tree) = RandomProject.Resource(dice.Next(20, 90), dice);
        return Set((JsonObject)group.Tree["resources"]!, name, tree);
    }

    private static bool RemoveRegion(ProjectFiles files, Random dice)
    {
        var all = ProjectFiles.Objects(files.Network[ProjectFiles.Environments]);
        return Some([.. all.Where(e => e.Value.ContainsKey("eu-central-1"))], dice) is { } environment
            && environment.Value.Remove("eu-central-1");
    }

    private static bool AddEnvironment(ProjectFiles files, Random dice)
    {
        var missing = new[] { "dev", "prod" }.FirstOrDefault(e => files.Network[ProjectFiles.Environments]![e] is null);
        if (missing is null)
            return false;
        RandomProject.AddEnvironment(files, missing, dice);
        return true;
    }

    private static bool ChangeValue(ProjectFiles files, Random dice)
    {
        if (Some(Resources(files), dice) is not { } it)
            return false;
        var fields = Values[(string)it.Tree["type"]!];
        var (field, values) = fields[dice.Next(fields.Length)];
        return Set(it.Tree, field, values[dice.Next(values.Length)]);
    }

    // In the layer of one region: two of them cannot have one name.
    private static bool NameBalancer(ProjectFiles files, Random dice)
    {
        if (OfType(files, "LBApplication", dice) is not { } balancer
            || RegionOf(files, dice) is not { } region)
        {
            return false;
        }
        var at = balancer.Path.Append(balancer.Name).Aggregate(region, (tree, name) => (JsonObject)(tree[name] ??= new JsonObject()));
        return Set(at, "dns", new JsonArray(new JsonObject
        {
            ["domain_name"] = $"name{dice.Next(100)}.example.com",
            ["hosted_zone"] = "paco.ref resource.route53.zone",
        }));
    }

    // Servers behind a load balancer, with an address or a secret; a database whose password AWS makes.
    private static bool Wire(ProjectFiles files, Random dice)
    {
        var secret = "paco.ref netenv.mynet.secrets_manager.app.site.database";
        return dice.Next(4) switch
        {
            0 => OfType(files, "ASG", dice) is { } servers && OfType(files, "LBApplication", dice) is { } balancer
                && ProjectFiles.Objects(balancer.Tree["target_groups"]).Select(e => e.Key).FirstOrDefault() is { } target
                && Set(servers.Tree, "target_groups", new JsonArray($"{Ref(balancer)}.target_groups.{target}")),
            1 => OfType(files, "ASG", dice) is { } servers && OfType(files, "EIP", dice) is { } address
                && Set(servers.Tree, "eip", Ref(address)),
            2 => OfType(files, "ASG", dice) is { } servers && Set(servers.Tree, "secrets", new JsonArray(secret)),
            _ => OfType(files, "RDSMysql", dice) is { } database && database.Tree.Remove("master_user_password")
                && Set(database.Tree, "secrets_password", secret),
        };
    }

    private static string Ref(Named it) => $"paco.ref netenv.mynet.{string.Join('.', it.Path)}.{it.Name}";

    private static Named? OfType(ProjectFiles files, string type, Random dice) =>
        Some([.. Resources(files).Where(r => (string?)r.Tree["type"] == type)], dice);

    private static bool ChangeSecret(ProjectFiles files, Random dice) =>
        Some([.. Resources(files).Where(r => r.Tree.ContainsKey("master_user_password"))], dice) is { } database
        && Set(database.Tree, "master_user_password", $"password-number-{dice.Next(5)}");

    private static bool ChangeGeneratedSecret(ProjectFiles files, Random dice) =>
        files.Network["secrets_manager"]?["app"]?["site"]?["database"]?["generate_secret_string"] is JsonObject wish
        && Set(wish, "password_length", dice.Next(16, 20));
}
