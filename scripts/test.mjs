// npm test. See scripts/test.ts for the parts and their flags.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 20 || (major === 20 && minor >= 19)) {
  import('./bootstrap.mjs').then((bootstrap) => bootstrap.run('scripts/test.ts', process.argv.slice(2)));
} else {
  console.error(`Node.js ${process.versions.node} is too old: 20.19 or newer is needed.`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
