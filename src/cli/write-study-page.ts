import { renderStudyPage } from '../report/study/render-study-page.ts';
import type { StudyPageInput } from '../report/study/study-page-input.ts';
import { writeWhole } from './write-whole.ts';

/** Writes the page that shows a study's figures, whole or not at all. */
export function writeStudyPage(input: StudyPageInput, file: string): void {
  writeWhole(file, renderStudyPage(input));
}
