import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Problem } from '../errors/problem.ts';
import { quote, type ValuePath } from '../schema/check.ts';

/** YAML as plain data, and where in the file each part of it stands. */
interface YamlText {
  value: unknown;
  /** 1-based line of the key or item at a path, or of the nearest part above it that exists. */
  line(path: ValuePath): number;
}

/**
 * Reads YAML; null where it cannot be read, and a problem for each error. A key that is given twice is a
 * problem, but the rest is read all the same. `firstLine` is the line of the file that the text begins on.
 */
export function readYaml(
  text: string,
  file: string,
  firstLine = 1,
): { value: YamlText | null; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const problems = [...document.errors, ...document.warnings].map(({ code, message, pos }): Problem => {
    const place = { file, line: lineAt(pos[0]), id: null };
    switch (code) {
      case 'DUPLICATE_KEY':
        return {
          ...place,
          what: `a key is given twice: ${keyAt(text, pos[0])}`,
          mend: 'Remove one of the two',
        };
      case 'MULTIPLE_DOCS':
        return { ...place, what: 'a second YAML document begins here', mend: 'Keep one document' };
      case 'TAB_AS_INDENT':
        return { ...place, what: 'the line is indented with a tab', mend: 'Indent with spaces' };
      default:
        return { ...place, what: `not valid YAML: ${message}`, mend: 'Correct the line or the one above it' };
    }
  });
  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return { value: null, problems };
  try {
    const value: unknown = document.toJS();
    const line = (path: ValuePath) => lineAt(offsetOf(document.contents, path, resolve));
    return { value: { value, line }, problems };
  } catch (error) {
    const what = `not valid YAML: ${error instanceof Error ? error.message : String(error)}`;
    return {
      value: null,
      problems: [...problems, { file, line: null, id: null, what, mend: 'Correct the YAML' }],
    };
  }

  function resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(document) : node;
  }
}

/** Offset of the last part of a path that exists: of a map's entry its key, of a list its item. */
function offsetOf(root: Node | null, path: ValuePath, resolve: (node: unknown) => unknown): number {
  let offset = root?.range?.[0] ?? 0;
  let node: unknown = root;
  for (const step of path) {
    node = resolve(node);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = hasRange(node) ? node.range[0] : offset;
    } else break;
  }
  return offset;
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && Array.isArray(Reflect.get(node, 'range'));
}

function keyAt(text: string, offset: number): string {
  return quote(/^[^\s:]*/.exec(text.slice(offset, offset + 80))?.[0]);
}
