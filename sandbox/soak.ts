import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { appVariables } from './app-variables.ts';
import { createRandom } from './simulation/random.ts';
import { startSlack } from './slack/slack.ts';
import { type Done, pickAct } from './soak/acts.ts';
import { startSoakedApp } from './soak/child.ts';
import { judgeFlat, type Sample } from './soak/flat.ts';
import { judgeDone, judgeDoubles } from './soak/oracle.ts';
import { type Colleague, openShop } from './soak/shop.ts';
import { countTables, unfinishedRuns } from './soak/tables.ts';
import { startSyncro } from './syncro/start-syncro.ts';

/**
 * `npm run soak -- --minutes 5 --hours 1 --seed 1`: the traffic of so many hours of a shop of 50, in so many minutes,
 * against the real app. Nothing may be doubled, and what the process holds must stay what it is.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    hours: { type: 'string', default: '1' },
    technicians: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
const lastsMs = Number(values.minutes) * 60_000;
const speed = (Number(values.hours) * 3_600_000) / lastsMs;
const technicians = Number(values.technicians);
/** What somebody does in an hour. */
const ACTS_PER_HOUR = 30;
/** Shorter than this, nearly all of it is warming up. */
const JUDGED_FROM_MS = 2 * 60_000;
/** Before each, the garbage is collected: in a few seconds, 60 times would be most of the work. */
const SAMPLES = lastsMs < JUDGED_FROM_MS ? 6 : 60;
const FAULT_SHARE = 0.02;
/** Acts that somebody may give up: a machine that has other work makes Slack's 3 seconds pass. */
const GIVEN_UP_SHARE = 0.02;
const LATE = /not acked within/;
const END_PATIENCE_MS = 90_000;

const random = createRandom(Number(values.seed));
const shop = openShop(technicians, Math.ceil(technicians * Number(values.hours) * 6) + 20);
const dir = mkdtempSync(join(tmpdir(), 'soak-'));
const database = join(dir, 'journal.db');
writeFileSync(join(dir, 'config.yml'), shop.config);

const syncro = await startSyncro({ data: shop.state, requestsPerMinute: Math.ceil(180 * speed) });
const slack = await startSlack({
  technicians: shop.colleagues,
  channels: [{ id: 'C0SOAK', name: 'soak' }],
});
let faults = 0;
syncro.setLatency(() => {
  const request = syncro.requests.at(-1);
  if (request && request.method !== 'GET' && random.chance(FAULT_SHARE)) {
    faults += 1;
    syncro.fault({ kind: random.pick(['cut-after', '500-after', '429']), method: 'POST', retryAfter: 1 });
  }
  return random.between(20, 80);
});
const app = await startSoakedApp({
  ...appVariables({ slack, syncro }, `sqlite:${database}`),
  CONFIG_FILE: join(dir, 'config.yml'),
  SOAK_SPEED: String(speed),
  ...shop.keys,
});
slack.deliverTo(`http://127.0.0.1:${app.port}/slack/events`);
const before = countTables(database);
console.log(
  `${technicians} technicians, ${values.hours} h of traffic in ${values.minutes} min (${speed.toFixed(1)} times as fast; ` +
    `Syncro's 180 a minute are ${Math.ceil(180 * speed)} here), seed ${values.seed}`,
);

const began = Date.now();
const isOver = (): boolean => Date.now() - began >= lastsMs;
const fresh = [...shop.numbers];
const billed: number[] = [];
const done: Done[] = [];
const problems: string[] = [];
const givenUp: string[] = [];
const counts = new Map<string, number>();
const deps = {
  slack,
  random,
  done,
  freshTicket: () => {
    const number = fresh.shift() ?? null;
    if (number !== null) billed.push(number);
    return number;
  },
  anyTicket: () => random.pick(fresh.length > 0 ? fresh.slice(-50) : billed),
};

const work = async (colleague: Colleague): Promise<void> => {
  const person = slack.person(colleague.id);
  const pauseMs = (): number => -Math.log(1 - random.next()) * (3_600_000 / ACTS_PER_HOUR / speed);
  for (await sleep(pauseMs()); !isOver(); await sleep(pauseMs())) {
    const { name, act } = pickAct(random);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    await act(deps, person, colleague).catch(async (error: unknown) => {
      givenUp.push(`${colleague.name}, ${name}: ${String(error).slice(0, 300)}`);
      await (await person.modal(undefined, { timeoutMs: 1 }).catch(() => null))?.closeAll();
    });
  }
};

const samples: Sample[] = [];
const watch = async (): Promise<void> => {
  for (; !isOver(); await sleep(lastsMs / SAMPLES))
    samples.push({ atMs: Date.now() - began, ...(await app.measure()) });
};

await Promise.all([watch(), ...shop.colleagues.map(work)]);
for (const end = Date.now() + END_PATIENCE_MS; Date.now() < end && unfinishedRuns(database) > 0; ) await sleep(500);
const unfinished = unfinishedRuns(database);
const after = countTables(database);
const code = await app.stop();

const show = (what: string, value: number): string =>
  what === 'rss' || what === 'heapUsed' ? `${(value / 2 ** 20).toFixed(1)} MiB` : value.toFixed(0);
console.log(
  `\n${[...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')}; ${faults} faults ordered`,
);
console.log(`${syncro.requests.length} requests to Syncro, ${done.length} pieces of work done`);
const acks = slack.acks.map(({ ms }) => ms).sort((a, b) => a - b);
console.log(
  `acks: ${acks.length}, median ${acks[acks.length >> 1]?.toFixed(1)} ms, slowest ${acks.at(-1)?.toFixed(0)} ms`,
);
console.log('\nrows of each table, before and after:');
for (const [name, rows] of after) console.log(`  ${name.padEnd(24)} ${before.get(name) ?? 0} → ${rows}`);
console.log(`\nheld by the process after its warm-up (${samples.length} samples, garbage collected before each):`);
for (const { what, first, last, growth, flat } of judgeFlat(samples)) {
  console.log(
    `  ${what.padEnd(9)} ${show(what, first)} → ${show(what, last)}, on the line ${show(what, growth)}${flat ? '' : '  NOT FLAT'}`,
  );
  if (!flat && lastsMs >= JUDGED_FROM_MS) problems.push(`${what} grows by ${show(what, growth)}`);
}
if (lastsMs < JUDGED_FROM_MS) console.log('  (too short to be judged)');

const acts = [...counts.values()].reduce((sum, count) => sum + count, 0);
const late = slack.problems.filter((problem) => LATE.test(problem)).length;
console.log(`\n${givenUp.length} of ${acts} acts given up, ${late} of ${acks.length} acks later than 3 s`);
if (givenUp.length > acts * GIVEN_UP_SHARE) problems.push(...givenUp);
if (unfinished > 0) problems.push(`${unfinished} runs are not through`);
problems.push(...judgeDone(shop.state, done), ...judgeDoubles(shop.state));
problems.push(...slack.problems.filter((problem) => !LATE.test(problem)));
if (code !== 0) problems.push(`the app ended with ${code}`);
console.log(`\n${problems.length === 0 ? 'Nothing doubled, nothing lost, nothing refused.' : problems.join('\n')}`);
if (problems.length > 0) console.log(app.complaints().slice(-20).join('\n'));
await Promise.all([slack.close(), syncro.close()]);
rmSync(dir, { recursive: true, force: true });
process.exit(problems.length === 0 ? 0 : 1);
