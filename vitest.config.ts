import { defineConfig } from 'vitest/config';

/** Where `.ci/run` finds how many tests there were. */
const COUNTS = 'node_modules/.cache/touchstone/test-counts.json';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Most tests wait for a program that they started, so every core takes a file.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env.CI ? ['default', ['json', { outputFile: COUNTS }]] : ['default'],
  },
});
