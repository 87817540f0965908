import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { madeUpRun, wrongEvery } from '../../../test/compare-runs.ts';
import { promptMatrix } from '../../matrix/prompt-matrix.ts';
import { renderMatrixMarkdown } from '../markdown/matrix-comparison.ts';
import { matrixJson } from '../matrix-json.ts';
import { renderMatrixComparison } from './matrix-comparison.ts';

const plain = new Chalk({ level: 0 });
const options = { metric: 'color.accuracy', margin: 0.1, alpha: 0.05, resamples: 200 };

function matrixOf(prompts: readonly string[], models: readonly string[]) {
  const runs = prompts.flatMap((prompt, p) =>
    models.map((model, m) =>
      madeUpRun({
        prompt,
        model,
        right: wrongEvery(90, 9, p + m),
        usd: model === 'embedded' ? 0 : 0.01 * (m + 1),
      }),
    ),
  );
  return promptMatrix(runs, options);
}

describe('the matrix on a terminal', () => {
  const matrix = matrixOf(['prompts/a.md', 'prompts/b.md'], ['embedded', 'anthropic:claude-haiku-5-5']);

  it('has prompts as rows and models as columns where there is room', () => {
    const text = renderMatrixComparison(matrix, 100, plain);
    expect(text).toMatch(/^ +embedded +anthropic:claude-haiku-5-5$/m);
    expect(text).toMatch(/^prompts\/b\.md +#3 +#4$/m);
    expect(text).toMatch(/cost of 1,000 conversations +free +US\$20\.00$/m);
    expect(text).toMatch(/in accuracy of color, 95% for all 6 pairs together \(Bonferroni\)/);
    expect(text).toContain('embedded is a floor');
  });

  it('says why a cell is chosen, and what it would take where none can be', () => {
    const alike = [1, 2].map((usd) =>
      madeUpRun({ prompt: `${usd}.md`, model: 'm', right: wrongEvery(300, 9), usd }),
    );
    const chosen = renderMatrixComparison(promptMatrix(alike, options), 200, plain).replaceAll(/\s+/g, ' ');
    expect(chosen).toContain('Choose #1: 1.md with m. One of 2 cells shown to lose less than 10.0 points');
    expect(chosen).toContain('the cheapest of them.');
    const open = renderMatrixComparison(promptMatrix(alike, { ...options, margin: 0.001 }), 200, plain);
    expect(open.replaceAll(/\s+/g, ' ')).toMatch(/No choice: 300 cases cannot tell; about [\d,]+ more cases/);
  });

  it('fits 60 columns, cell by cell', () => {
    const text = renderMatrixComparison(matrix, 60, plain);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text).toContain('#4 prompts/b.md with anthropic:claude-haiku-5-5');
    expect(text).toMatch(/^ {2}cost of 1,000 conversations: free$/m);
  });

  it('shows of many cells the pairs with the best and the first, and all of them as JSON', () => {
    const many = matrixOf(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], ['m']);
    const text = renderMatrixComparison(many, 100, plain);
    expect(many.best).toBe(0);
    expect(text.match(/^ {2}#\d - #1 /gm)).toHaveLength(7);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('21 pairs without the best and the first');
    const json = JSON.parse(matrixJson(many));
    expect(json).toMatchObject({ touchstone: 'comparison', version: 1, suite: 'color', best: 1 });
    expect(json.pairs).toHaveLength(8 * 7);
  });
});

describe('hostile names', () => {
  const matrix = matrixOf(['a\u001b[2J.md', '|<img src=x>|.md'], ['evil\u202e:`$x$`']);

  it('command no terminal', () => {
    expect(renderMatrixComparison(matrix, 100, plain)).not.toMatch(/[\u001b\u202e]/);
  });

  it('are nothing but text in Markdown', () => {
    const text = renderMatrixMarkdown(matrix);
    expect(text).not.toMatch(/[\u001b\u202e]|<img/);
    const rows = text.split('\n').filter((line) => line.startsWith('| 1 ') || line.startsWith('| 2 |'));
    for (const row of rows) expect(row.split('|')).toHaveLength(11);
    expect(rows).toHaveLength(2);
  });
});
