import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { fits, violationsOf } from '../schema/check.ts';
import { readYaml } from '../suite/yaml.ts';
import { Prices } from './price-schema.ts';

/** The package's own file: the same distance from `src/cost` and from `dist/cost`. */
const SHIPPED = fileURLToPath(new URL('../../prices.yaml', import.meta.url));

/**
 * The prices that hold for a project: the package's own, with each model replaced that the project names
 * in `.touchstone/prices.yaml` or in the file given instead of it.
 *
 * @param state the project's `.touchstone` folder
 * @param given a path that was asked for by name and so must exist; null where none was
 * @throws InputError with every line that is wrong
 */
export function loadPrices(state: string, given: string | null): Prices {
  const shipped = readPrices(SHIPPED);
  const override = given ?? path.join(state, 'prices.yaml');
  if (given === null && !existsSync(override)) return shipped;
  const own = readPrices(override);
  return { ...own, models: { ...shipped.models, ...own.models } };
}

function readPrices(file: string): Prices {
  const { value, problems } = readYaml(readText(file), file);
  if (value === null) throw new InputError(problems);
  const wrong = violationsOf(Prices, value.value).map(({ path: at, what, mend }): Problem => {
    return { file, line: value.line(at), id: null, what, mend };
  });
  if (problems.length + wrong.length > 0 || !fits(Prices, value.value))
    throw new InputError([...problems, ...wrong]);
  return value.value;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const mend = 'Give the path of a YAML file like the prices.yaml that comes with touchstone';
    throw new InputError([{ file, line: null, id: null, what: 'the prices cannot be read', mend }]);
  }
}
