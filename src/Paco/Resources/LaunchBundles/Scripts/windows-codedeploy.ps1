
# CodeDeploy's agent, from the bucket that AWS keeps in the instance's own region.
Invoke-PacoStep 'CodeDeploy' {
    if (-not (Get-Service codedeployagent -ErrorAction SilentlyContinue)) {
        $package = Get-PacoInstaller "https://aws-codedeploy-$PacoRegion.s3.$PacoRegion.$PacoDomain/latest/codedeploy-agent.msi"
        Invoke-PacoProgram 'msiexec.exe' @('/i', "`"$package`"", '/qn', '/norestart')
    }
    Start-Service codedeployagent
}
