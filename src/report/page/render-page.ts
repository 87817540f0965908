import { gzipSync } from 'node:zlib';
import { casesSection } from './cases-section.ts';
import { goldensSection } from './goldens-section.ts';
import { historySection } from './history-section.ts';
import { matricesSection } from './matrices.ts';
import { metricsSection } from './metrics-section.ts';
import { pageData } from './page-data.ts';
import { pageDocument } from './page-document.ts';
import type { PageInput } from './page-input.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { summarySection } from './summary.ts';

const SECTIONS: readonly (readonly [id: string, name: string])[] = [
  ['summary', 'Summary'],
  ['confusion', 'Confusion'],
  ['flips', 'Flips'],
  ['metrics', 'Metrics'],
  ['history', 'History'],
  ['goldens', 'Goldens'],
];

/**
 * The page of judged runs. Pure: the same input gives the same bytes. Everything that is not the program's own is
 * data: escaped in the markup, and packed (JSON, gzip, base64) for the script, which makes text of it.
 */
export function renderPage(input: PageInput): string {
  const data = pageData(input);
  return pageDocument({
    title: input.title,
    at: input.generatedAt,
    sections: SECTIONS,
    main: [
      summarySection(input),
      matricesSection(input),
      casesSection(data),
      metricsSection(input),
      historySection(input),
      goldensSection(input),
    ],
    data: { markup: `<script type="application/json" id="data">"${pack(data)}"</script>` },
    style: PAGE_STYLE,
    script: PAGE_SCRIPT,
  });
}

/** JSON as gzip as base64: small, and without a character that HTML could take for markup. */
function pack(value: unknown): string {
  return gzipSync(JSON.stringify(value), { level: 9 }).toString('base64');
}
