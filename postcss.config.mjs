import { join } from 'node:path';

// Plugins by name or path, so that the bundler requires them as they are: both carry native code.
export default {
  plugins: {
    '@tailwindcss/postcss': {},
    [join(process.cwd(), 'scripts/postcss-old-engines.mjs')]: {},
  },
};
