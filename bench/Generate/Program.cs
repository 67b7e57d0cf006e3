using System.Globalization;
using System.Text;

// Writes a valid project of so many stacks with twenty resources each on average: 4 accounts x 2 regions, 25 stacks in each of the
// eight, and as many network environments as it takes. Or one of so many network environments with so many environments each, all
// in one account and region: customers.
int[] numbers = [.. args.Skip(1).Select(arg => int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)];
if (args.Length is < 2 or > 3 || numbers.Contains(0) || (numbers is [var stacks] && stacks < 200))
{
    Console.Error.WriteLine("Generate DIRECTORY STACKS                (200 or a multiple)");
    Console.Error.WriteLine("Generate DIRECTORY FILES ENVIRONMENTS    (each of 25 stacks)");
    return 2;
}

var directory = args[0];
string[] accounts = numbers is [_] ? ["dev", "test", "staging", "prod"] : ["dev"];
string[] regions = numbers is [_] ? ["eu-central-1", "us-west-2"] : ["eu-central-1"];

Write("paco-project-version.txt", "7.0\n");
Write("project.yaml", $"name: bench\ntitle: Benchmark\nactive_regions: [{string.Join(", ", regions)}]\n");
Write("accounts/master.yaml", Account("master", 1) + "is_master: true\n");
for (var i = 0; i < accounts.Length; i++)
    Write($"accounts/{accounts[i]}.yaml", Account(accounts[i], i + 2));
for (var i = 1; i <= (numbers is [var all] ? all / 200 : numbers[0]); i++)
    Write($"netenv/net{i}.yaml", NetworkEnvironment($"net{i}"));
return 0;

string Account(string name, int number) =>
    $"title: {name}\naccount_id: \"{new string((char)('0' + number), 12)}\"\nregion: {regions[0]}\nroot_email: {name}@example.com\n";

string NetworkEnvironment(string name)
{
    var text = new StringBuilder($"""
        network:
          title: {name}
          enabled: true
          availability_zones: 2
          vpc:
            enabled: true
            cidr: 10.0.0.0/16
            enable_dns_hostnames: true
            enable_dns_support: true
            enable_internet_gateway: true
            segments:
              public:
                enabled: true
                internet_access: true
                az1_cidr: 10.0.1.0/24
                az2_cidr: 10.0.2.0/24
            security_groups:
              app:
                lb:
                  enabled: true
                  ingress:
                    - name: HTTP
                      cidr_ip: 0.0.0.0/0
                      protocol: tcp
                      from_port: 80
                      to_port: 80
        applications:
          app:
            title: Application
            enabled: true
            groups:
              site:
                type: Application
                enabled: true
                resources:

        """);
    for (var i = 1; i <= 19; i++)
        text.Append(LoadBalancer(name, i));
    text.Append("environments:\n");
    if (numbers is [_, var environments])
    {
        for (var i = 1; i <= environments; i++)
            text.Append(Environment($"env{i}", accounts[0]));
        return text.ToString();
    }
    foreach (var account in accounts)
        text.Append(Environment(account, account));
    return text.ToString();
}

// A load balancer, a listener, six target groups and eighteen rules.
static string LoadBalancer(string network, int number)
{
    var text = new StringBuilder($"""
                  lb{number}:
                    type: LBApplication
                    enabled: true
                    order: {number}
                    scheme: internet-facing
                    segment: public
                    security_groups:
                      - paco.ref netenv.{network}.network.vpc.security_groups.app.lb
                    target_groups:

        """);
    for (var i = 1; i <= 6; i++)
    {
        text.Append($"""
                          t{i}:
                            port: {8000 + i}
                            protocol: HTTP
                            health_check_path: /health
                            health_check_http_code: "200"
                            health_check_interval: 30
                            health_check_timeout: 10
                            healthy_threshold: 2
                            unhealthy_threshold: 4
                            connection_drain_timeout: 60

            """);
    }
    text.Append("""
                    listeners:
                      http:
                        port: 80
                        protocol: HTTP
                        target_group: t1
                        rules:

        """);
    for (var i = 1; i <= 18; i++)
    {
        text.Append($"""
                              r{i}:
                                enabled: true
                                rule_type: forward
                                priority: {i}
                                host: host{i}.example.com
                                target_group: t{1 + (i % 6)}

            """);
    }
    return text.ToString();
}

string Environment(string name, string account)
{
    var text = new StringBuilder($"  {name}:\n    title: {name}\n");
    foreach (var region in regions)
        text.Append($"    {region}:\n      enabled: true\n");
    return text.Append($"""
            default:
              network:
                aws_account: paco.ref accounts.{account}
              applications:
                app:
                  enabled: true

        """).ToString();
}

void Write(string file, string text)
{
    var path = Path.Combine(directory, file);
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllText(path, text);
}
