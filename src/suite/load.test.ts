import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatProblem } from '../errors/problem.ts';
import { loadSuites } from './load.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'touchstone-suites-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(names: string[], directory = folder) {
  const { suites, problems } = loadSuites(directory, names, (file) =>
    path.relative(path.dirname(folder), file),
  );
  const said = problems.map(formatProblem).map((text) => text.replaceAll(path.basename(folder), 'suites'));
  return { names: suites.map(({ suite }) => suite.name), said };
}

describe('loading suites from a folder', () => {
  it('gives all in the order of their names when none is named', () => {
    expect(loadSuites('suites', []).suites.map(({ path: file }) => file)).toEqual([
      'suites/affective.yaml',
      'suites/pushback.yaml',
      'suites/sentiment.yaml',
    ]);
  });

  it('gives the named ones, each once', () => {
    const { suites, problems } = loadSuites('suites', ['sentiment', 'affective', 'sentiment']);
    expect(suites.map(({ suite }) => suite.name)).toEqual(['affective', 'sentiment']);
    expect(problems).toEqual([]);
  });

  it('asks what was meant by an unknown name', () => {
    copyFileSync('suites/affective.yaml', path.join(folder, 'affective.yaml'));
    expect(load(['afective', 'affective'])).toEqual({
      names: ['affective'],
      said: ['suites: no suite is called "afective". Did you mean "affective"? Use affective.'],
    });
  });

  it('says that a folder is missing or empty', () => {
    expect(load([]).said).toEqual(['suites: the folder has no suite. Create a suite, <name>.yaml, in it.']);
    expect(load([], path.join(folder, 'x')).said).toEqual([
      'suites/x: there is no such folder. Create a suite, <name>.yaml, in it.',
    ]);
  });

  it('says that a suite is a folder', () => {
    mkdirSync(path.join(folder, 'mood.yaml'));
    expect(load([]).said).toEqual([
      'suites/mood.yaml: is a folder, not a file. Put a file in its place, or correct the path.',
    ]);
  });
});
