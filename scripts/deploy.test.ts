import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string) => readFileSync(file, 'utf8');

describe('deployment files', () => {
  it('name every variable the program reads in .env.example', () => {
    const named = [...read('.env.example').matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name);
    const shape = read('lib/platform/env.ts').split('z.object({')[1]?.split('\n});')[0] ?? '';
    const known = [...shape.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(5);
    for (const name of known.filter((one) => one !== 'CUNFEN_NOW')) expect(named).toContain(name);
  });

  it('copy into the image only what there is', () => {
    const ignored = read('.dockerignore').split('\n').filter(Boolean);
    const sources = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, list]) => list?.split(' ') ?? [],
    );
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      expect(existsSync(source), source).toBe(true);
      expect(ignored, source).not.toContain(source);
    }
    for (const script of read('scripts/bundle.mjs').match(/scripts\/[\w-]+\.ts/g) ?? []) {
      expect(existsSync(script), script).toBe(true);
    }
  });

  it('run as an ordinary user, watched, after the migration', () => {
    expect(read('Dockerfile')).toMatch(/^USER node$/m);
    expect(read('Dockerfile')).toMatch(/^HEALTHCHECK .*\n.*\/api\/health/m);
    const compose = read('deploy/compose.yaml');
    expect(compose.match(/condition: service_completed_successfully/g)).toHaveLength(2);
    expect(compose).not.toMatch(/DEMO/);
    const commands = [...compose.matchAll(/dist\/([\w-]+)\.mjs/g)].map(([, name]) => `scripts/${name}.ts`);
    for (const command of commands) expect(read('scripts/bundle.mjs')).toContain(command);
  });
});
