import { stopDecoders } from '@/lib/photos/decoder';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findDemoDay, loadDemo } from './load';
import { DISTRICT, TOWNSHIPS, VILLAGES } from './places';

// Loads the demo district. Called by `npm start` for an empty database; a second call changes nothing.
//   node --conditions=react-server --import tsx prisma/seed/run.ts

const say = (text: string) => process.stdout.write(`${text}\n`);

function sayWhoSignsIn(): void {
  say('  可登录的演示身份 / who can sign in (虚构 / fictional):');
  for (const {
    code,
    name,
    known,
    secretary,
    verifiers,
    supervisor,
    steward,
    merchant,
    phoneDigit,
  } of VILLAGES) {
    const phone = (number: number) => `1380000${phoneDigit}${String(number).padStart(3, '0')}`;
    say(`  ${name} /v/${code}`);
    say(`    村民 ${known.map((one, index) => `${one} ${phone(11 + index)}`).join('，')}`);
    say(
      `    村书记 ${secretary} ${phone(1)}；核分员 ${verifiers.map((one, index) => `${one} ${phone(2 + index)}`).join('，')}`,
    );
    say(
      `    村务监督员 ${supervisor} ${phone(5)}；帮办员 ${steward} ${phone(6)}；商户 ${merchant.owner} ${phone(7)}`,
    );
  }
  say(
    `  ${TOWNSHIPS.map(({ name, official }, index) => `${name} ${official} 1380000001${index + 1}`).join('；')}`,
  );
  say(
    `  ${DISTRICT.name} ${DISTRICT.official.map((name, index) => `${name} 1380000000${index + 1}`).join('，')}`,
  );
}

const began = performance.now();
const loaded = await loadDemo(db(), now());
const seconds = ((performance.now() - began) / 1000).toFixed(1);
say(
  loaded
    ? `✓ 演示数据已写入，用时 ${seconds} 秒 / demo loaded`
    : `· 演示数据已在（${await findDemoDay(db())}） / demo already there`,
);
sayWhoSignsIn();
stopDecoders();
await db().$disconnect();
