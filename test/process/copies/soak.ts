import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { startPostgres } from '../../../sandbox/postgres/start-postgres.ts';
import { killChildren } from '../crash/scene.ts';
import { connected } from '../postgres/connected.ts';
import { soakRound } from './soak-round.ts';

// npm run soak:copies -- --rounds 10 --seed 1 [--limit]: two copies on one Postgres, killed, stopped, woken and cut off.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '25' },
    /** Syncro's 180 a minute count; else nothing waits for them. */
    limit: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed);
const server = await startPostgres();
let failed = 0;
for (let seed = first; seed < first + Number(values.rounds); seed++) {
  const name = `soak_${randomBytes(4).toString('hex')}`;
  await connected(server.url(), (db) => sql`create database ${sql.id(name)}`.execute(db));
  const began = Date.now();
  const options = { seed, bills: 12, stretchMs: Number(values.seconds) * 1000, limited: values.limit };
  const { problems, ...counts } = await soakRound(server, server.url(name), options);
  const figures = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  process.stdout.write(
    `seed ${seed}: ${problems.length === 0 ? 'ok' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s, ${figures.join(', ')}\n`,
  );
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
  if (problems.length > 0) failed += 1;
}
killChildren();
await server.close();
process.exitCode = failed > 0 ? 1 : 0;
