        & "$Env:ProgramFiles\Amazon\cfn-bootstrap\cfn-signal.exe" -e $Code --stack $PacoStack --resource ASG --region $PacoRegion
