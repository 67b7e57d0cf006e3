using System.Collections.Immutable;
using System.Text.Json;
using Paco.Global.GitHub;

namespace Paco.Cli;

/// <summary>A workflow of GitHub that plans pull requests, and where that is asked provisions what was merged.</summary>
/// <param name="Scopes">What is planned, each with a comment of its own; an empty one is the whole project.</param>
/// <param name="Folder">The project's directory within the repository, with a slash before it; empty where it is the repository's.</param>
internal sealed record GitHubWorkflow(GitHubRepository Repository, string ManagementAccountId, string Partition, string Region,
    ImmutableArray<string> Scopes, string Folder)
{
    /// <summary>Where GitHub looks for it, from the repository's directory.</summary>
    public const string Path = ".github/workflows/paco.yml";

    /// <summary>The branch whose state is provisioned, and the environment that is asked for approval; null where none is.</summary>
    private (string Branch, string? Environment)? Provisioned => Repository.Provision is { IsEnabled: true } provision
        ? (Repository.Plan.Branches[0], provision.Environments.FirstOrDefault())
        : null;

    public string Text()
    {
        var whole = Provisioned is { } wanted
            ? Head.Replace("@PUSH@", $"  push:\n    branches: [{Quoted(wanted.Branch)}]\n", StringComparison.Ordinal)
                + Provision.Replace("@ENVIRONMENT@",
                    wanted.Environment is { } environment ? $"    environment: {Quoted(environment)}\n" : "", StringComparison.Ordinal)
            : Head.Replace("@PUSH@", "", StringComparison.Ordinal);
        return whole.Replace("@INSTALL@", Install, StringComparison.Ordinal)
            .Replace("@SCOPES@", $"[{string.Join(", ", Scopes.Select(Quoted))}]", StringComparison.Ordinal)
            .Replace("@FOLDER@", Folder, StringComparison.Ordinal)
            .Replace("@REGION@", Region, StringComparison.Ordinal)
            .Replace("@PLANROLE@", Role(Repository.PlanRole), StringComparison.Ordinal)
            .Replace("@PROVISIONROLE@", Role(Repository.ProvisionRole), StringComparison.Ordinal);
    }

    private string Role(string name) => $"arn:{Partition}:iam::{ManagementAccountId}:role/{name}";

    // A JSON string is one of YAML too.
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private const string Head = """
        # Written by `paco init github`: plans each pull request and comments once. docs/github.md of Paco says how it works.
        name: paco

        on:
          pull_request:
        @PUSH@
        permissions: {}

        env:
          PACO_HOME: ${{ github.workspace }}/project@FOLDER@

        jobs:
          plan:
            if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
            runs-on: ubuntu-24.04
            timeout-minutes: 60
            permissions:
              id-token: write
              contents: read
              pull-requests: write
            strategy:
              fail-fast: false
              matrix:
                scope: @SCOPES@
            concurrency:
              group: paco-plan-${{ github.event.pull_request.number }}-${{ matrix.scope }}
              cancel-in-progress: true
            steps:
              - uses: actions/checkout@v5
                with:
                  path: project
                  persist-credentials: false
              # It is the pull request merged into its base, so it is planned as what the base becomes.
              - run: git switch --create "$GITHUB_BASE_REF"
                working-directory: project
        @INSTALL@
              - uses: aws-actions/configure-aws-credentials@v5
                with:
                  role-to-assume: @PLANROLE@
                  aws-region: @REGION@
              - name: Plan
                id: plan
                env:
                  SCOPE: ${{ matrix.scope }}
                run: |
                  set +e
                  "$PACO" plan ${SCOPE:+"$SCOPE"} --format markdown > "$RUNNER_TEMP/plan.md"
                  echo "exit=$?" >> "$GITHUB_OUTPUT"
                  cat "$RUNNER_TEMP/plan.md" >> "$GITHUB_STEP_SUMMARY"
              - name: Comment
                env:
                  GH_TOKEN: ${{ github.token }}
                  NUMBER: ${{ github.event.pull_request.number }}
                run: |
                  MARKER="$(head -n 1 "$RUNNER_TEMP/plan.md")"
                  export MARKER
                  comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
                  ours='.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.MARKER))) | .id'
                  id="$(gh api --paginate "$comments" --jq "$ours" | head -n 1)"
                  if [ -n "$id" ]; then
                    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$RUNNER_TEMP/plan.md"
                  else
                    gh api --silent "$comments" --field "body=@$RUNNER_TEMP/plan.md"
                  fi
              - name: Fail where there is no good plan
                if: steps.plan.outputs.exit != '0' && steps.plan.outputs.exit != '2'
                run: exit 1

          fork:
            if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name != github.repository
            runs-on: ubuntu-24.04
            steps:
              - run: |
                  echo "Not planned: GitHub gives a workflow of a fork no token to sign in with. Whoever may write to this repository" \
                    "can push the branch here and open a pull request of it." | tee -a "$GITHUB_STEP_SUMMARY"

        """;

    private const string Install = """
              # There is no package of Paco yet: it is built from a clone of the repository that the variable PACO_REPOSITORY names.
              - uses: actions/checkout@v5
                with:
                  repository: ${{ vars.PACO_REPOSITORY }}
                  ref: ${{ vars.PACO_REF }}
                  path: paco
                  persist-credentials: false
              - uses: actions/setup-dotnet@v5
                with:
                  global-json-file: paco/global.json
              - run: ./native && echo "PACO=$PWD/artifacts/native/paco" >> "$GITHUB_ENV"
                working-directory: paco
        """;

    private const string Provision = """

          # What was merged is planned anew and kept; what is approved is done exactly as it was kept, or refused where anything moved.
          merged:
            if: github.event_name == 'push'
            runs-on: ubuntu-24.04
            timeout-minutes: 60
            permissions:
              id-token: write
              contents: read
            strategy:
              fail-fast: false
              matrix:
                scope: @SCOPES@
            steps:
              - uses: actions/checkout@v5
                with:
                  path: project
                  persist-credentials: false
        @INSTALL@
              - uses: aws-actions/configure-aws-credentials@v5
                with:
                  role-to-assume: @PLANROLE@
                  aws-region: @REGION@
              - name: Plan
                env:
                  SCOPE: ${{ matrix.scope }}
                run: |
                  code=0
                  "$PACO" plan ${SCOPE:+"$SCOPE"} --out "$RUNNER_TEMP/paco.plan" || code=$?
                  [ "$code" = 0 ] || [ "$code" = 2 ]
              - uses: actions/upload-artifact@v4
                with:
                  name: plan-${{ matrix.scope || 'all' }}
                  path: ${{ runner.temp }}/paco.plan

          provision:
            needs: merged
            runs-on: ubuntu-24.04
        @ENVIRONMENT@    permissions:
              id-token: write
              contents: read
            concurrency:
              group: paco-provision
              cancel-in-progress: false
            strategy:
              fail-fast: false
              max-parallel: 1
              matrix:
                scope: @SCOPES@
            steps:
              - uses: actions/checkout@v5
                with:
                  path: project
                  persist-credentials: false
        @INSTALL@
              - uses: actions/download-artifact@v4
                with:
                  name: plan-${{ matrix.scope || 'all' }}
                  path: ${{ runner.temp }}
              - uses: aws-actions/configure-aws-credentials@v5
                with:
                  role-to-assume: @PROVISIONROLE@
                  aws-region: @REGION@
              - run: |
                  "$PACO" provision "$RUNNER_TEMP/paco.plan"

        """;
}
