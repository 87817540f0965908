import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeWorkflowText, workflowAnnotation } from './safe-workflow-text.ts';

/** Whether GitHub's runner would take a line of a log for a command. */
function commands(line: string): boolean {
  return line.trimStart().startsWith('::') || line.includes('##[') || line.includes('##vso[');
}

describe('text in a workflow log', () => {
  it.each([
    '::error::forged',
    '  ::set-output name=a::b',
    'a\n::add-mask::a',
    'a\r::stop-commands::x',
    'a ##[command]rm',
    '##vso[task.setvariable]',
  ])('cannot command the runner: %j', (text) => {
    expect(text.split(/[\n\r]/).some(commands)).toBe(true);
    expect(
      safeWorkflowText(text)
        .split(/[\n\r]/)
        .some(commands),
    ).toBe(false);
  });

  it('is otherwise as it was', () => {
    expect(safeWorkflowText('std::vector, ## heading, 10%\n你好')).toBe('std::vector, ## heading, 10%\n你好');
  });

  it('never commands, whatever it is', () => {
    const parts = fc.array(
      fc.oneof(fc.constantFrom(':', '::', '#', '[', '\r', '\n', ' '), fc.string({ unit: 'binary' })),
    );
    fc.assert(
      fc.property(parts, (pieces) => {
        expect(
          safeWorkflowText(pieces.join(''))
            .split(/[\n\r]/)
            .some(commands),
        ).toBe(false);
      }),
    );
  });
});

describe('an annotation', () => {
  it('escapes properties and data as workflow commands ask', () => {
    expect(
      workflowAnnotation({
        level: 'error',
        file: 'a,b:c.md',
        line: 3,
        title: '50%: x',
        message: '1%0A\n2: a,b',
      }),
    ).toBe('::error file=a%2Cb%3Ac.md,line=3,title=50%25%3A x::1%250A%0A2: a,b');
  });

  it('may be about a whole file', () => {
    expect(workflowAnnotation({ level: 'notice', file: 'a.md', line: null, title: 't', message: 'm' })).toBe(
      '::notice file=a.md,title=t::m',
    );
  });

  it('is one line whose properties no text can end', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('::', '\n', '\r\n', ',line=1', '%0A'),
    );
    fc.assert(
      fc.property(text, text, text, (file, title, message) => {
        const annotation = workflowAnnotation({ level: 'warning', file, line: 1, title, message });
        expect(annotation).toMatch(/^::warning file=[^\n\r,:]*,line=1,title=[^\n\r,:]*::[^\n\r]*$/);
      }),
    );
  });
});
