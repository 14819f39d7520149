// npm run bench. See scripts/bench/run.ts for the parts and their flags.
import { run } from './bootstrap.mjs';

run('scripts/bench/run.ts', process.argv.slice(2));
