
LAUNCH_BUNDLE_ENABLED='{{enabled}}'
if [[ $LAUNCH_BUNDLE_ENABLED == true ]]; then
    run_launch_bundle
else
    disable_launch_bundle
fi
