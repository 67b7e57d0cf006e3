# {{stack_name}}: what a new instance runs first. Another script is another launch template, and so new instances.{{metadata}}
# Each step finds out whether there is anything to do, so it may run again. Its log: C:\ProgramData\Paco\launch.log
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue' # Invoke-WebRequest is many times slower while it draws
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
$PacoFolder = 'C:\ProgramData\Paco'
$PacoStack = {{stack_name_quoted}}
$PacoRegion = {{region}}
$PacoFailed = @()
New-Item -ItemType Directory -Force -Path $PacoFolder | Out-Null

function Write-PacoLog($Step, $Text) {
    $line = '{0:yyyy-MM-ddTHH:mm:ssZ}  {1,-16} {2}' -f [DateTime]::UtcNow, $Step, $Text
    Add-Content -Path "$PacoFolder\launch.log" -Value $line
    Write-Output $line
}

# The instance metadata service, version 2.
function Get-PacoMetadata($Path) {
    $imds = 'http://169.254.169.254/latest'
    $token = Invoke-RestMethod -Method Put -Uri "$imds/api/token" -Headers @{ 'X-aws-ec2-metadata-token-ttl-seconds' = '60' }
    Invoke-RestMethod -Uri "$imds/$Path" -Headers @{ 'X-aws-ec2-metadata-token' = $token }
}

# Fetches an installer. Only one that Amazon signed is returned.
function Get-PacoInstaller($Uri) {
    $file = Join-Path $PacoFolder ([IO.Path]::GetFileName(([Uri]$Uri).AbsolutePath))
    Invoke-WebRequest -UseBasicParsing -Uri $Uri -OutFile $file
    $signature = Get-AuthenticodeSignature -FilePath $file
    if ($signature.Status -ne 'Valid' -or $signature.SignerCertificate.Subject -notmatch 'O="?Amazon') {
        throw "$file is not signed by Amazon ($($signature.Status))"
    }
    $file
}

function Invoke-PacoProgram($Program, [string[]]$Arguments) {
    $process = Start-Process -FilePath $Program -ArgumentList $Arguments -Wait -PassThru -NoNewWindow
    if ($process.ExitCode -notin 0, 3010) { throw "$Program ended with $($process.ExitCode)" }
}

# CloudFormation takes the first word of each instance, so a failure is told at once.
function Send-PacoSignal($Code) {
    try {
{{signal}}
    } catch {
        Write-PacoLog 'signal' "not sent: $_"
    }
}

function Invoke-PacoStep($Name, [scriptblock]$Work) {
    try {
        Write-PacoLog $Name 'runs'
        & $Work
        Write-PacoLog $Name 'done'
    } catch {
        Write-PacoLog $Name "failed: $_"
        if ($script:PacoFailed.Count -eq 0) { Send-PacoSignal 1 }
        $script:PacoFailed += $Name
    }
}

Write-PacoLog 'begin' $PacoStack
Invoke-PacoStep 'metadata' { $script:PacoDomain = Get-PacoMetadata 'meta-data/services/domain' }
{{steps}}
if ($PacoFailed.Count -gt 0) {
    Write-PacoLog 'failed' ($PacoFailed -join ', ')
    exit 1
}
{{success}}Write-PacoLog 'ready' 'the instance is set up'
