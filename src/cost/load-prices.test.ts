import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { KNOWN_MODELS } from '../model/anthropic/model-names.ts';
import { loadPrices } from './load-prices.ts';

const folder = () => mkdtempSync(path.join(tmpdir(), 'touchstone-prices-'));
const own = `as_of: '2026-12-01'
source: our contract
batch_factor: 0.4
models:
  claude-opus-5-5: { input: 1, output: 2, cache_write_5m: 3, cache_read: 4 }
`;

describe('prices', () => {
  it('come with the package, those of the default model included', () => {
    const prices = loadPrices(folder(), null);
    expect(prices.models[KNOWN_MODELS[0]]).toMatchObject({ input: 0.1, output: 0.5 });
    expect(prices.batch_factor).toBe(0.5);
  });

  it('never make a longer prompt or a cache write cheaper', () => {
    for (const price of Object.values(loadPrices(folder(), null).models)) {
      expect(price.cache_write_5m).toBeGreaterThan(price.input);
      expect(price.cache_read).toBeLessThan(price.input);
      for (const tier of price.over ?? []) expect(tier.input).toBeGreaterThan(price.input);
    }
  });

  it("are replaced, model by model, by the project's own", () => {
    const state = folder();
    writeFileSync(path.join(state, 'prices.yaml'), own);
    const prices = loadPrices(state, null);
    expect(prices.models['claude-opus-5-5']).toEqual({
      input: 1,
      output: 2,
      cache_write_5m: 3,
      cache_read: 4,
    });
    expect(prices.models['claude-haiku-5-5']).toBeDefined();
    expect(prices).toMatchObject({ as_of: '2026-12-01', source: 'our contract', batch_factor: 0.4 });
  });

  it('are refused with the line of every mistake', () => {
    const file = path.join(folder(), 'mine.yaml');
    writeFileSync(file, own.replace('input: 1,', 'input: cheap,').replace('source: our contract\n', ''));
    const refusal = () => loadPrices(folder(), file);
    expect(refusal).toThrow(InputError);
    expect(refusal).toThrow(/mine\.yaml:4: models\.claude-opus-5-5\.input is/);
    expect(refusal).toThrow(/missing property "source"/);
  });

  it('that are asked for by name must exist', () => {
    expect(() => loadPrices(folder(), '/nowhere/prices.yaml')).toThrow(
      /\/nowhere\/prices\.yaml: the prices cannot be read/,
    );
  });
});
