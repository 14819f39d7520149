import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartFailure } from './db/failure';

const shape = z.object({ authSecret: z.string().min(32), postgresPassword: z.string().min(16) });

export type Secrets = z.infer<typeof shape>;

/** The installation's own keys in `<dataFolder>/secrets.json`, made at the first start, readable by the owner only. */
export function readSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, 'secrets.json');
  if (existsSync(file)) {
    try {
      return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (cause) {
      throw new StartFailure(
        `${file} 读不懂。请恢复它的备份；若是演示数据，可删掉 ${dataFolder} 重来。`,
        `${file} cannot be read. Restore it from a backup; for demo data you may delete ${dataFolder} and begin anew.`,
        { cause },
      );
    }
  }
  const made = {
    authSecret: randomBytes(48).toString('base64url'),
    postgresPassword: randomBytes(24).toString('base64url'),
  };
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(`${file}.making`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.making`, file);
  return made;
}
