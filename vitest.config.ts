import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

const shared = {
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: resolve(root, 'lib/testing/server-only-empty.ts') },
      { find: /^@\//, replacement: `${root}/` },
    ],
  },
};

/** What lib/platform/env.ts asks for; Vite would set BASE_URL to a bare slash. */
const env = {
  AUTH_SECRET: 'a secret that only the tests know of',
  BASE_URL: 'http://localhost:3000',
  LOG_LEVEL: 'silent',
};

const never = ['**/node_modules/**', '**/.next*/**', '**/.data/**', '**/.test/**', '**/dist/**', 'e2e/**'];

/** Two projects: `unit` touches nothing outside the process, `db` gets a real PostgreSQL (lib/testing). */
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          env: { ...env, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' },
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...never, '**/*.db.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'db',
          env,
          include: ['**/*.db.test.ts'],
          exclude: never,
          globalSetup: ['lib/testing/database-setup.ts'],
          pool: 'forks',
          isolate: false,
          maxWorkers: Math.max(1, Math.min(2, availableParallelism())),
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
