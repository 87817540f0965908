import { stringify } from 'yaml';

/** `suites/<name>.yaml` that a new project starts with: rules that ten goldens can decide. */
export function suiteText(name: string): string {
  return `# What is asked, and what must hold before a change of the prompt may land.

# The name in reports and on the command line; also that of this file and of the labels,
# goldens/labels/${name}.jsonl.
name: ${stringify(name).trim()}
description: What does a person want from the library?

# Whatever is in this file is what the model is told.
prompt: prompts/${name}.md

# What an answer consists of. Here: one field, which is exactly one of three labels.
# Other kinds are binary (true or false), ordinal (levels in an order) and set (any of the labels).
fields:
  topic:
    kind: nominal
    labels: [loan, visit, account]

# The number that a report names first.
headline: topic.accuracy

# Ten conversations are too few to tell a loss from chance, unless the prompt collapses: even one that is right
# in three cases of four gets ten of ten now and then. So these rules ask only what ten can answer.
rules:
  # What the accepted run (touchstone accept) got right has to stay right, conversation by conversation.
  # Once there are more goldens, keep this for those that must never go wrong: where: { tag: critical }
  - { rule: must_pass, field: topic, known_failures: allowed }
  # Surely better than a coin: the whole interval of the accuracy lies above a half.
  - { rule: floor, metric: topic.accuracy, min: 0.5 }
  # At most one answer in ten is refused, cut off or none of the labels.
  - { rule: budget, max_invalid: 0.1 }
  # With some hundreds of goldens, take this rule in: it closes the gate on a loss that chance does not explain,
  # and holds where a loss of 3 points is ruled out. If one answer in ten changes sides, a loss of 5 points takes
  # some 270 goldens to see, and one of 3 points some 740; with the rule in, touchstone power says it of yours.
  # - { rule: no_worse_than_baseline, metric: topic.accuracy, margin: 0.03, alpha: 0.05 }

# A rule that the goldens cannot decide: warn leaves the gate open and says so, block closes it.
on_undecided: warn
`;
}
