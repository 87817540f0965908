import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { smallJudgement } from '../../../test/small-judgement.ts';
import { renderJunit } from './render-junit.ts';

const SNAPSHOT = '../../../test/data/junit/report.xml';
const COUNT = /^\d+$/;
const SECONDS = /^\d+\.\d{3}$/;

type Element = Record<string, unknown>;

const parser = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', textNodeName: 'text', parseAttributeValue: false },
  isArray: (name) => ['testsuite', 'testcase', 'property'].includes(name),
});

function childrenOf(element: Element, name: string): Element[] {
  const found = element[name];
  return Array.isArray(found) ? found : [];
}

/** What the common JUnit schema (`jenkins-junit.xsd`) asks of the parts that are used here. */
function checkStructure(xml: string): Element[] {
  expect(XMLValidator.validate(xml)).toBe(true);
  const root: Element = parser.parse(xml).testsuites;
  const suites = childrenOf(root, 'testsuite');
  for (const element of [root, ...suites]) {
    for (const name of ['@tests', '@failures', '@errors']) expect(element[name]).toMatch(COUNT);
    expect(element['@time']).toMatch(SECONDS);
  }
  for (const suite of suites) {
    expect(Object.keys(suite).filter((name) => !name.startsWith('@'))).toEqual(['properties', 'testcase']);
    expect(suite['@timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(suite['@skipped']).toBe('0');
    const cases = childrenOf(suite, 'testcase');
    expect(suite['@tests']).toBe(String(cases.length));
    expect(suite['@failures']).toBe(String(cases.filter((each) => 'failure' in each).length));
    expect(suite['@errors']).toBe(String(cases.filter((each) => 'error' in each).length));
    for (const each of cases) {
      expect(Object.keys(each).filter((name) => name.startsWith('@'))).toEqual([
        '@classname',
        '@name',
        '@time',
      ]);
      expect(each['@time']).toMatch(SECONDS);
    }
  }
  return suites;
}

describe('the JUnit report', () => {
  it('of a small run reads like this, and the same the second time', async () => {
    const xml = renderJunit([smallJudgement()]);
    expect(renderJunit([smallJudgement()])).toBe(xml);
    checkStructure(xml);
    await expect(xml).toMatchFileSnapshot(SNAPSHOT);
  });

  it('has a wrong answer as a failure and a missing one as an error', () => {
    const [suite = {}] = checkStructure(renderJunit([smallJudgement(), smallJudgement()]));
    expect(suite).toMatchObject({ '@tests': '8', '@failures': '2', '@errors': '3' });
    const named = (id: string) => childrenOf(suite, 'testcase').find((each) => each['@name'] === id);
    expect(named('c1')).not.toHaveProperty('failure');
    expect(named('c2')).toMatchObject({ failure: { '@message': 'feeling: expected glad, given calm' } });
    expect(named('c4')).toMatchObject({
      error: { '@type': 'invalid', '@message': 'invalid: no JSON object' },
    });
    expect(named('c6')).toMatchObject({ error: { '@type': 'refused' } });
    expect(named('c7')).toMatchObject({ error: { '@type': 'failed' } });
  });

  it('of nothing is an empty list', () => {
    expect(checkStructure(renderJunit([]))).toEqual([]);
  });

  it('is XML 1.0 whatever the texts are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\0',
        '\ud800',
        '\uffff',
        ']]>',
        '<!--',
        '&#0;',
        '"\'',
        '<![CDATA[',
        'a\nb\tc',
        '\u0085',
      ),
    );
    fc.assert(
      fc.property(text, text, text, (id, label, reason) => {
        const xml = renderJunit([smallJudgement({ id, label, path: label, reason })]);
        checkStructure(xml);
        expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        expect(xml).not.toMatch(/<!|&(?!(amp|lt|gt|quot|apos);)/);
      }),
      { numRuns: 60 },
    );
  });
});
