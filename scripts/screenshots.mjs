// npm run screenshots. See scripts/screenshots.ts.
import { run } from './bootstrap.mjs';

run('scripts/screenshots.ts', process.argv.slice(2));
