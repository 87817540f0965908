import { filterCases } from './browser/case-filter.ts';
import { makeDomKit } from './browser/dom-kit.ts';
import { startExplorer } from './browser/explorer.ts';
import { readCase } from './browser/reader.ts';
import { startPage } from './browser/start-page.ts';
import { textParts } from './browser/text-parts.ts';
import { startThemeButton } from './browser/theme-button.ts';

/**
 * The page's behaviour as one classic script: the source of functions that stand alone, put together here.
 * What one needs of another it is given as an argument, so that no import has to be resolved.
 */
export const PAGE_SCRIPT = `'use strict';
{
(${startThemeButton})();
const kit = (${makeDomKit})(${textParts});
const parts = { kit, filterCases: ${filterCases}, readCase: ${readCase} };
const startExplorer = ${startExplorer};
(${startPage})(kit, (data) => startExplorer(data, parts));
}
`;

/** The behaviour of a page that is only read: its button for light and dark. */
export const READING_SCRIPT = `'use strict';
(${startThemeButton})();
`;
