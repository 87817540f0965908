import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace } from './workspace.ts';

const color = colorProject();

describe('bad input', () => {
  it('is reported all at once, with file, line and mend, and nothing is run', async () => {
    const cwd = makeWorkspace({
      ...color,
      'suites/color.yaml': `${color['suites/color.yaml']}  - { rule: floor, metric: color.acuracy, min: 0.5 }\n`,
      'prompts/color.md': `${color['prompts/color.md']}`.replace('max_tokens: 200', 'max_token: 200'),
      'goldens/labels/color.jsonl': `${JSON.stringify({ id: 'red-0', color: 'redd' })}\n{"id": "nobody", "color": "red"}\n`,
    });
    const { code, out, err } = await touchstone(['run'], { cwd });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^suites\/color\.yaml:9 .*acuracy/m);
    expect(err).toMatch(/^prompts\/color\.md:2.*max_token/m);
    expect(err).toMatch(/^goldens\/labels\/color\.jsonl:1 \(red-0\).*"redd".*Did you mean "red"/m);
    expect(err).toMatch(/^goldens\/labels\/color\.jsonl:2 \(nobody\)/m);
    expect(err).toMatch(/\d+ problems; nothing was run\.$/m);
    expect(existsSync(path.join(cwd, '.touchstone'))).toBe(false);
  });

  it.each([
    ['an unknown suite', ['run', 'colour'], /no suite.*colour.*Did you mean "color"/],
    ['an unknown model', ['run', '--model', 'embeded'], /no model "embeded". Did you mean "embedded"/],
    ['a filter that is none', ['run', '--filter', 'boundary'], /--filter.*"boundary".*tag:/],
    ['a filter that no case fits', ['run', '--filter', 'tag:nothing'], /no case/],
    ['a limit that is no number', ['run', '--limit', 'ten'], /Not a whole number from 1/],
    ['an unknown option', ['run', '--modle', 'x'], /Did you mean --model/],
    ['a prompt that does not exist', ['run', 'color', '--prompt', 'nowhere.md'], /nowhere\.md/],
    ['goldens that do not exist', ['run', '--goldens', 'nowhere'], /nowhere/],
    ['a conversation that does not exist', ['show', 'red-99'], /red-99/],
  ])('refuses %s with exit code 2', async (_what, args, message) => {
    const { code, err } = await touchstone(args, { cwd: makeWorkspace(color) });
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it('says where it looked when there is no project', async () => {
    const { code, err } = await touchstone(['run'], { cwd: makeWorkspace({ 'readme.txt': 'nothing here' }) });
    expect(code).toBe(2);
    expect(err).toContain('no suites/ folder here or above');
  });
});
