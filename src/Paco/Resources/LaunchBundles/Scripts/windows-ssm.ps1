
# Systems Manager's agent: Amazon's images have it.
Invoke-PacoStep 'SSM' {
    if (-not (Get-Service AmazonSSMAgent -ErrorAction SilentlyContinue)) {
        $setup = Get-PacoInstaller "https://s3.$PacoRegion.$PacoDomain/amazon-ssm-$PacoRegion/latest/windows_amd64/AmazonSSMAgentSetup.exe"
        Invoke-PacoProgram $setup @('/S')
    }
    Set-Service AmazonSSMAgent -StartupType Automatic
    Start-Service AmazonSSMAgent
}
