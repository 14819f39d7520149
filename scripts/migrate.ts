import { printFailure } from './db/failure';
import { migrate } from './db/migrate';

// npm run migrate: brings the database of DATABASE_URL up to this program. What a deployment runs before the new
// version serves; `npm start` does it by itself.

async function main(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) throw new Error('DATABASE_URL is not set.');
  const { applied, appliedFunctions } = await migrate(databaseUrl);
  const functions = appliedFunctions ? 'renewed' : 'as they were';
  console.log(`Migrations applied: ${applied.join(', ') || 'none'}; functions ${functions}.`);
}

main().catch((error) => {
  printFailure(error);
  process.exitCode = 1;
});
