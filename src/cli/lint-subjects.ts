import { readFileSync } from 'node:fs';
import path from 'node:path';
import { priceOf } from '../cost/cost-of.ts';
import { loadPrices } from '../cost/load-prices.ts';
import { readConversations } from '../goldens/load.ts';
import type { LintSubject } from '../lint/lint-subject.ts';
import { promptSource } from '../lint/prompt-source.ts';
import { readModelChoice } from '../model/model-choice.ts';
import { loadWork } from '../project/load-work.ts';
import type { Project } from '../project/project.ts';
import { modelIdFrom } from '../project/recorded-models.ts';
import { readText } from '../suite/source-text.ts';
import { readYaml } from '../suite/yaml.ts';

interface SubjectOptions {
  model: string;
  goldens?: string;
  prompt?: string;
}

/**
 * The suites with all that lint reads of them.
 *
 * @throws InputError with everything that cannot be read, of all of them
 */
export function loadLintSubjects(
  project: Project,
  suites: readonly string[],
  { model, goldens, prompt }: SubjectOptions,
  cwd: string,
): LintSubject[] {
  const id = modelIdFrom(model, project);
  const choice = readModelChoice(id);
  const work = loadWork(project, {
    suites,
    model: id,
    cwd,
    ...(goldens === undefined ? {} : { goldens }),
    ...(prompt === undefined ? {} : { prompt }),
  });
  const directory = goldens === undefined ? project.goldens : path.resolve(cwd, goldens);
  const conversations = [...(readConversations(directory).value?.byId.values() ?? [])];
  const anthropic =
    choice.kind === 'anthropic'
      ? {
          name: choice.name,
          price: priceOf(loadPrices(project.state, null), choice.name, { batch: false }),
        }
      : null;
  return work.map((each) => {
    const yaml = readYaml(textOf(each.suite.path, cwd), each.suite.path).value;
    return {
      work: each,
      source: promptSource(each.prompt, textOf(each.prompt.path, cwd)),
      suiteLine: (at) => yaml?.line(at) ?? 1,
      conversations,
      model: anthropic,
    };
  });
}

/** The text of a file that was read before without a problem. */
function textOf(shownAs: string, cwd: string): string {
  return readText(readFileSync(path.resolve(cwd, shownAs)), shownAs).value?.text ?? '';
}
