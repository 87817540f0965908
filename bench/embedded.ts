import { embeddedModel } from '../src/model/embedded-model.ts';
import { loadWork } from '../src/project/load-work.ts';
import { findProject } from '../src/project/project.ts';
import { REPOSITORY } from '../test/workspace.ts';
import { type Figure, plain } from './figure.ts';

/** How many of the shipped cases the embedded model answers in a second, one after the other. */
export async function benchEmbedded(): Promise<Figure[]> {
  const work = loadWork(findProject(REPOSITORY), { suites: [], model: 'embedded', cwd: REPOSITORY });
  const figures: Figure[] = [];
  for (const { suite, cases } of work) {
    const model = embeddedModel();
    const { signal } = new AbortController();
    const started = performance.now();
    for (const { request } of cases) await model.ask(request, signal);
    const rate = cases.length / ((performance.now() - started) / 1000);
    figures.push(plain(`${suite.suite.name}: ${cases.length} cases, a second`, rate.toFixed(0)));
  }
  return figures;
}
