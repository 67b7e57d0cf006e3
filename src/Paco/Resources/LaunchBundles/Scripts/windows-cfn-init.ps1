
# Configuration sets: what cfn_init says is done here, once an instance.
Invoke-PacoStep 'cfn-init' {
    $marker = "$PacoFolder\initialized-configsets.txt"
    $sets = "$(Get-PacoMetadata 'meta-data/instance-id') " + {{config_sets}}
    if (-not (Test-Path $marker) -or (Get-Content $marker) -ne $sets) {
        & "$Env:ProgramFiles\Amazon\cfn-bootstrap\cfn-init.exe" -v --stack $PacoStack --resource LaunchTemplate `
            --region $PacoRegion --configsets {{config_sets}}
        if ($LASTEXITCODE -ne 0) { throw "cfn-init ended with $LASTEXITCODE`: see C:\cfn\log\cfn-init.log" }
        Set-Content -Path $marker -Value $sets
    }
}
