namespace Paco.Cli.Tests;

/// <summary>Two RSA keys of 2048 bits whose private halves are gone, without comments.</summary>
internal static class PublicKeys
{
    public const string First =
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC2F5TbKo3qUhfLumEMwdTaizlkatN7SfsB890kKTKQdGopme5iCbH5zhHs80MNTYPYC5JDHr"
        + "/dZY4vbMnu7+qvYR4Y3JE9tao7QAGlBDDC/BfU1GK4hCnt1YCkXasmYyqMnZFQX7lX6BRlBsZI4Uh07rjjPMqS1TAxWw597kDzJFCP7nM7TH35"
        + "kqz8FsOfXasrFLYuEnQolzFdeTKyeFhI39zh40GCCWxS8kNaCSZ8d4kCRjfprcttSXbpBLE3LbC6pxZ7iawo71gfAnKWK3VfmPnZb6AbFynzMo"
        + "VMM3kwWdWDrkV4OwFEdaUcYwxC5Lt0vLHsZIHYbCdKlRc51cut";

    public const string Second =
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCaWxZ7AE2JtSSew5FTb0iYEvWi8V5pjaJeWbf+eZVPQ6mq+xxo+DbIOzQpaIHOdd33m6oPZ+"
        + "u9HF0eTrJGIEYkTYRpq8lUzgQIyeAsKgrmli/cTuxcNumFAqDyG9mnQM1xi/4/jYOixhClwGici/x/NQ6jgNgEidTJTWk7QBE6r2Gtnty707at"
        + "O4l8x81gAfana/DH2U84gC7ns2pjS69qtjSAxOmDaNDEJ/+O812K8v7jdFcCYvr+geRakDQZE4Q87EMgkU6jyQF7LorqTYlWkhSUxM8W0QSWSB"
        + "D25xoWpYbkxP0zw0t4YHkIgpuB+QzELCsEdhh8LXXnxOoEeVMf";
}
