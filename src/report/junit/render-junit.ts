import { XMLBuilder } from 'fast-xml-parser';
import { showAnswers, showValue } from '../../compare/flips.ts';
import type { GuardedJudgement } from '../../goalposts/judge-guarded.ts';
import type { CaseRecord, RunRecord } from '../../schema/run-record.ts';
import { shareRight } from '../../task/agree.ts';
import { xmlLine, xmlText } from '../xml-text.ts';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: 'text',
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

/**
 * Runs as JUnit's XML, in the form that Jenkins' schema describes: a `testsuite` per suite, with its verdict as a
 * property, and a `testcase` per golden case. A case that is wrong in any field is a `failure` that names what was
 * expected and given; one without a usable answer (in more than half of its repeats) is an `error`. Times in
 * seconds. A wrong answer is a failure whatever the gate says: the verdict is in the properties.
 */
export function renderJunit(judged: readonly GuardedJudgement[]): string {
  const suites = judged.map(suiteElement);
  const sum = (name: Count) => String(suites.reduce((total, suite) => total + Number(suite[name]), 0));
  const root = {
    '@name': 'touchstone',
    '@tests': sum('@tests'),
    '@failures': sum('@failures'),
    '@errors': sum('@errors'),
    '@time': judged.reduce((total, { assessment }) => total + secondsOf(assessment.run.cases), 0).toFixed(3),
    testsuite: suites,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ testsuites: root })}`;
}

type Count = '@tests' | '@failures' | '@errors';

function suiteElement({ assessment: { run, verdict }, blocks }: GuardedJudgement) {
  const testcase = run.cases.map((each) => caseElement(run, each));
  const property = (name: string, value: string) => ({ '@name': name, '@value': xmlLine(value) });
  return {
    '@name': xmlLine(run.suite.name),
    '@tests': String(testcase.length),
    '@failures': String(testcase.filter((each) => 'failure' in each).length),
    '@errors': String(testcase.filter((each) => 'error' in each).length),
    '@skipped': '0',
    '@time': secondsOf(run.cases).toFixed(3),
    '@timestamp': xmlLine(run.started_at.slice(0, 19)),
    properties: {
      property: [
        property('model', run.model),
        property('prompt', run.prompt.sha256),
        property('ruling', verdict.ruling),
        property('gate', blocks ? 'closed' : 'open'),
        property('verdict', verdict.sentence),
      ],
    },
    testcase,
  };
}

function caseElement(run: RunRecord, each: CaseRecord) {
  const identity = {
    '@classname': xmlLine(`touchstone.${run.suite.name}`),
    '@name': xmlLine(each.id),
    '@time': secondsOf([each]).toFixed(3),
  };
  const unusable = each.answers.filter((answer) => answer.status !== 'answered');
  const [first] = unusable;
  if (first !== undefined && unusable.length * 2 > each.answers.length) {
    const expected = Object.keys(run.suite.fields).map(
      (field) => `${field}: expected ${showValue(run.suite, field, each.expected)}`,
    );
    const message = `${first.status}: ${first.reason}`;
    return { ...identity, error: problem(first.status, message, [message, ...expected]) };
  }
  const wrong = Object.keys(run.suite.fields)
    .filter((field) => (shareRight(run.suite, field, each) ?? 1) <= 0.5)
    .map(
      (field) =>
        `${field}: expected ${showValue(run.suite, field, each.expected)}, given ${showAnswers(run.suite, field, each)}`,
    );
  return wrong.length === 0 ? identity : { ...identity, failure: problem('wrong', wrong.join('; '), wrong) };
}

function problem(type: string, message: string, lines: readonly string[]) {
  return { '@message': xmlLine(message), '@type': type, text: xmlText(lines.join('\n')) };
}

function secondsOf(cases: readonly CaseRecord[]): number {
  const answers = cases.flatMap((each) => each.answers);
  return answers.reduce((total, { latency_ms }) => total + latency_ms, 0) / 1000;
}
