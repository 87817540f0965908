import { makeDomKit } from '../report/page/browser/dom-kit.ts';
import { textParts } from '../report/page/browser/text-parts.ts';
import { startThemeButton } from '../report/page/browser/theme-button.ts';
import { makeForm } from './browser/answer-form.ts';
import { showCase } from './browser/case-view.ts';
import { readDraft } from './browser/draft.ts';
import { startLabelling } from './browser/start-labelling.ts';

/**
 * The page's behaviour as one classic script: the source of functions that stand alone, put together here. What one
 * needs of another it is given as an argument, so that no import has to be resolved.
 */
export const LABEL_SCRIPT = `'use strict';
{
(${startThemeButton})();
const kit = (${makeDomKit})(${textParts});
const parts = { kit, readDraft: ${readDraft}, makeForm: ${makeForm}, showCase: ${showCase} };
(${startLabelling})(parts);
}
`;
