// Bundles what runs beside the web server in a deployment (dist/*.mjs), where there is no TypeScript runner.
import { build } from 'esbuild';

await build({
  entryPoints: ['scripts/worker.ts', 'scripts/migrate.ts', 'scripts/ledger-verify.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  packages: 'external',
  conditions: ['react-server'],
  sourcemap: 'inline',
  logLevel: 'warning',
});
