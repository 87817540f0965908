import type { WatchState } from '../watch/watch-state.ts';

/** Where a watch is shown: a terminal's screen, or lines of text. */
export interface WatchView {
  /** What there is to see has changed; `suite` is the one concerned, null for a key. */
  show(state: WatchState, suite: string | null): void;
  /** Says which files were saved. */
  saved(suite: string, files: readonly string[]): void;
  /** Puts a terminal back as it was. */
  close(): void;
}
