// What comes before TypeScript can run: the packages, Node 24, and the database client. Plain JavaScript for Node 20.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './generate.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function fail(chinese, english) {
  console.error(`\n✗ ${chinese}\n  ${english}\n`);
  process.exit(1);
}

/** Whether node_modules holds what package-lock.json names (packages for other systems aside). */
function isInstalled() {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      !path || (present[path] ? present[path].version === version : optional),
  );
}

function runNpm(args) {
  const script = process.env.npm_execpath;
  const isScript = script?.endsWith('.js');
  const command = isScript ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(command, isScript ? [script, ...args] : args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: !isScript && process.platform === 'win32',
    maxBuffer: 1 << 26,
    env: { ...process.env, NODE_ENV: 'development' },
  });
  return {
    isDone: result.status === 0,
    said: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`,
  };
}

function install() {
  console.log('· 安装依赖，约一分钟 / installing packages, about a minute …');
  // Ctrl-C here leaves a folder that the next start sees as not installed.
  const quietly = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  let { isDone, said } = runNpm(['ci', ...quietly]);
  // A registry that lacks packages for other systems makes `npm ci` refuse the lock file; `npm install` does not mind.
  if (!isDone && /from lock file|EUSAGE/.test(said))
    ({ isDone, said } = runNpm(['install', '--no-save', ...quietly]));
  if (isDone) return;
  if (/ENOSPC|no space left/i.test(said)) {
    fail(
      '磁盘已满，依赖装不下。请腾出至少 2 GB 空间后再运行。',
      'The disk is full. Free at least 2 GB and run it again.',
    );
  }
  console.error(said.trim().split('\n').slice(-20).join('\n'));
  fail(
    '依赖安装失败，原因见上。多半是网络不通，请检查后再运行。',
    'The packages could not be installed (see above); most often the network is down. Run it again afterwards.',
  );
}

/** Path of a Node that is 24 or newer: the one that came with the packages, else the one that runs this. */
function findNode() {
  const brought = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const isFit = () =>
    existsSync(brought) && spawnSync(brought, ['--version'], { encoding: 'utf8' }).status === 0;
  if (isFit()) return brought;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  // The package fetches the program in an install script, which some npm settings skip.
  runNpm(['rebuild', 'node', '--foreground-scripts']);
  if (isFit()) return brought;
  return fail(
    '没有装上 Node 24。请运行 npm rebuild node（npm 可能禁用了安装脚本），或直接用 Node 24 运行。',
    'Node 24 did not arrive with the packages. Run npm rebuild node (npm may skip install scripts), or use Node 24 itself.',
  );
}

/** Makes everything ready, then runs a script of this project under Node 24 and ends as it ends. */
export function run(script, args) {
  process.chdir(root);
  if (!isInstalled()) install();
  const node = findNode();
  const problem = generate(node);
  if (problem) {
    console.error(problem);
    fail('数据库客户端生成失败，原因见上。', 'The database client could not be generated (see above).');
  }
  const child = spawn(node, ['--conditions=react-server', '--import', 'tsx', script, ...args], {
    cwd: root,
    // The channel tells the child when this process is gone, however it went.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}` },
  });
  // Ctrl-C reaches the child by itself; this process waits until it has put everything away.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`启动失败：${error.message}`, `Could not start: ${error.message}`));
  child.on('exit', (code, signal) =>
    process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)),
  );
}
