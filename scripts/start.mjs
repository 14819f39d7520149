// npm start. Any Node can read this file: it only looks whether this one is new enough for the rest.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 20 || (major === 20 && minor >= 19)) {
  import('./bootstrap.mjs').then((bootstrap) => bootstrap.run('scripts/start.ts', process.argv.slice(2)));
} else {
  console.error(`
✗ Node.js 太旧：本机是 ${process.versions.node}，需要 20.19 或更新。请到 https://nodejs.org 安装后再运行 npm start。
  Node.js ${process.versions.node} is too old: 20.19 or newer is needed. Install it from https://nodejs.org and run npm start again.
`);
  process.exit(1);
}
