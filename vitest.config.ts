import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// `--mode full`: the faults at their full length, by npm run faults.
export default defineConfig(({ mode }) => ({
  resolve: {
    // One graphql module for every importer; two copies fail with "another module or realm".
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/servers/say-skipped.ts', 'test/render/say-skipped.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
    env: { FAULTS: mode },
  },
}));
