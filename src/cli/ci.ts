import path from 'node:path';
import { type CiEvent, readActionsEvent } from '../github/actions-event.ts';
import { findProject, type Project } from '../project/project.ts';
import { ciCheck } from './ci-check.ts';
import { ciPublish } from './ci-publish.ts';
import { type CiOptions, type CiSettings, kindOf, readCiSettings } from './ci-settings.ts';
import { ciSite } from './ci-site.ts';
import type { Terminal } from './terminal.ts';

/** What every part of `touchstone ci` knows. */
export interface CiContext {
  project: Project;
  event: CiEvent;
  settings: CiSettings;
  options: CiOptions;
  /** Absolute path of the folder for what is written. */
  out: string;
  terminal: Terminal;
}

/** `touchstone ci`: what a pull request, a finished check of a fork, or a push to the default branch asks for. */
export async function ciCommand(names: string[], options: CiOptions, terminal: Terminal): Promise<number> {
  const project = findProject(terminal.cwd);
  const event = readActionsEvent(terminal.env);
  const settings = readCiSettings(names, options, terminal.env);
  const out = path.resolve(terminal.cwd, options.out ?? path.join(project.state, 'ci'));
  const context: CiContext = { project, event, settings, options, out, terminal };
  switch (options.as ?? kindOf(event)) {
    case 'check':
      return ciCheck(context);
    case 'publish':
      return ciPublish(context);
    default:
      return ciSite(context);
  }
}
