
# CloudWatch's agent. Its own check of the configuration ends with a code that is not 0.
Invoke-PacoStep 'CloudWatchAgent' {
    $agent = "$Env:ProgramFiles\Amazon\AmazonCloudWatchAgent"
    $configuration = "$PacoFolder\amazon-cloudwatch-agent.json"
    if (-not (Test-Path "$agent\amazon-cloudwatch-agent-ctl.ps1")) {
        $package = Get-PacoInstaller ("https://amazoncloudwatch-agent-$PacoRegion.s3.$PacoRegion.$PacoDomain" +
            '/windows/amd64/latest/amazon-cloudwatch-agent.msi')
        Invoke-PacoProgram 'msiexec.exe' @('/i', "`"$package`"", '/qn', '/norestart')
    }
    [IO.File]::WriteAllText($configuration, {{configuration}})
    & "$agent\amazon-cloudwatch-agent-ctl.ps1" -a fetch-config -m ec2 -s -c "file:$configuration"
    if ((Get-Service AmazonCloudWatchAgent).Status -ne 'Running') { throw 'the agent does not run' }
}
