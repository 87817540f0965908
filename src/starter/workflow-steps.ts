import type { WorkflowTool } from './workflow-tool.ts';

/** Actions by the commit of a release, so that a tag that moves changes nothing. */
const CHECKOUT = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';
const SETUP_NODE = 'actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0';
const CACHE_RESTORE = 'actions/cache/restore@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0';
const CACHE_SAVE = 'actions/cache/save@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0';
const UPLOAD = 'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2';

const STORE = `path: .touchstone/store.sqlite*
          key: touchstone-store-\${{ github.run_id }}-\${{ github.run_attempt }}`;

/**
 * Checks out all of the history, for the merge base, and leaves no token in the work tree.
 *
 * @param ref an expression; what the event gives by itself where null
 */
export function checkoutStep(ref: string | null): string {
  const comment =
    ref === null ? '' : '\n          # The commit that is reviewed, not its merge with the branch.';
  const given = ref === null ? '' : `\n          ref: \${{ ${ref} }}`;
  return `
      - uses: ${CHECKOUT}
        with:${comment}${given}
          fetch-depth: 0
          persist-credentials: false`;
}

/** What one job of a workflow gives `touchstone ci`, which learns from the event what is to be done. */
interface CiJob {
  /** Whether answers are kept for later runs. */
  keepsAnswers: boolean;
  /** Whether the event may spend money: then the budget and the key are handed over. */
  pays: boolean;
  /** Whether something is posted to the pull request. */
  posts: boolean;
  /** Folders of `.touchstone/ci` to keep as artifacts, by the artifact's name. */
  uploads: Readonly<Record<string, string>>;
}

/** The steps after the checkout. The composite action installs, keeps answers and uploads by itself. */
export function ciSteps(tool: WorkflowTool, { keepsAnswers, pays, posts, uploads }: CiJob): string {
  const secrets = [
    ...(posts ? [`GITHUB_TOKEN: \${{ github.token }}`] : []),
    ...(pays
      ? [
          "# Only Anthropic's models need a key; it is this repository's secret of that name.",
          `ANTHROPIC_API_KEY: \${{ secrets.ANTHROPIC_API_KEY }}`,
        ]
      : []),
  ];
  const model =
    '# Who answers: embedded is free and offline, and a floor. For instance anthropic:claude-haiku-5-5.';
  const budget = '# The most that one run may cost, in US dollars.';
  if (tool.kind === 'action') {
    const inputs = [model, 'model: embedded', ...(pays ? [budget, "budget: '5'"] : [])];
    return `
      - uses: ${tool.repository}/.github/actions/touchstone@${tool.commit}
        with:${indented(inputs)}${secrets.length === 0 ? '' : `\n        env:${indented(secrets)}`}`;
  }
  const settings = [model, 'TOUCHSTONE_MODEL: embedded', ...(pays ? [budget, "TOUCHSTONE_BUDGET: '5'"] : [])];
  return `
      - uses: ${SETUP_NODE}
        with:
          node-version: 24
          cache: npm
      - run: npm ci --ignore-scripts
      # Answers that were asked before, and perhaps paid for.
      - uses: ${CACHE_RESTORE}
        with:
          ${STORE}
          restore-keys: touchstone-store-
      - run: npx --no-install touchstone ci
        env:${indented([...settings, ...secrets])}${keepsAnswers ? SAVE_STEP : ''}${uploadSteps(uploads)}`;
}

const SAVE_STEP = `
      - uses: ${CACHE_SAVE}
        if: always() && hashFiles('.touchstone/store.sqlite') != ''
        with:
          ${STORE}`;

function uploadSteps(uploads: CiJob['uploads']): string {
  return Object.entries(uploads)
    .map(
      ([name, folder]) => `
      - uses: ${UPLOAD}
        if: always()
        with:
          name: ${name}
          path: .touchstone/ci/${folder}
          include-hidden-files: true
          if-no-files-found: ignore
          overwrite: true`,
    )
    .join('');
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `\n          ${line}`).join('');
}
