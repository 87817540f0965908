import path from 'node:path';
import { missingQuestions } from '../ask/ask.ts';
import { EXIT } from '../errors/errors.ts';
import { type GuardedJudgement, judgeGuarded } from '../goalposts/judge-guarded.ts';
import { openModel } from '../model/open-model.ts';
import { missingRecordings, replayModel } from '../model/replay-model.ts';
import { gitState } from '../project/git.ts';
import { loadWork } from '../project/load-work.ts';
import { renderClosing } from '../report/terminal/closing.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { recordedStore } from '../store/recorded-store.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { CiContext } from './ci.ts';
import { canPay } from './ci-check.ts';
import { runSuite } from './run-suite.ts';

/**
 * For the default branch: runs the suites against what is accepted there, replaying what is recorded, and writes a
 * site to publish.
 */
export async function ciSite(context: CiContext): Promise<number> {
  const { project, settings, options, out, terminal } = context;
  const { choice, model } = settings;
  const work = loadWork(project, { suites: settings.suites, model, cwd: terminal.cwd });
  const kept = sqliteStore(project.store);
  const judged: GuardedJudgement[] = [];
  try {
    const opened = canPay(context)
      ? await openModel(choice, project, {
          env: terminal.env,
          concurrency: options.concurrency,
          batch: false,
          maxUsd: settings.maxUsd,
          pricesFile: null,
          patienceSeconds: options.patience,
          onNotice: (text) => terminal.err(`${safeText(text)}\n`),
        })
      : { model: replayModel(choice) };
    for (const each of work) {
      const repeats = each.baseline?.header.repeats ?? 1;
      const store = recordedStore(kept, each.baseline);
      const missing = missingQuestions(each.cases, { model: opened.model, repeats, store });
      if (missing.length > 0 && !canPay(context)) {
        const cases = [...new Set(missing.map((question) => question.case))];
        throw missingRecordings(each.suite.suite.name, model, cases, each.baseline, each.prompt.sha256);
      }
      const run = await runSuite(each, {
        project,
        model: opened.model,
        isReplay: false,
        repeats,
        concurrency: options.concurrency,
        store,
        git: gitState(project.root),
        terminal,
        prepared: null,
      });
      judged.push(judgeGuarded(run, each, null));
    }
  } finally {
    kept.close();
  }
  // The charts' library is heavy, so only who wants a page loads it.
  const { writeSite } = await import('./write-site.ts');
  const folder = path.join(out, 'site');
  const suites = work.map(({ suite }) => suite);
  const { notices } = writeSite(judged, suites, project, folder, {
    history: options.history === undefined ? null : path.resolve(terminal.cwd, options.history),
    withText: options.withText === true,
    shown: (file) => path.relative(terminal.cwd, file) || '.',
  });
  for (const notice of notices) terminal.err(`${safeText(notice)}\n`);
  const page = path.relative(terminal.cwd, path.join(folder, 'index.html'));
  terminal.out(renderClosing(judged, page, terminal.chalk));
  return judged.some(({ blocks }) => blocks) ? EXIT.notHeld : EXIT.held;
}
