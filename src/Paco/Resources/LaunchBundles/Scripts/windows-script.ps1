
# user_data_script, unless something before it failed
if ($PacoFailed.Count -eq 0) {
    Invoke-PacoStep 'user_data_script' {
{{script}}
    }
}
