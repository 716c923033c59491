import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { z } from 'zod';

const packageWire = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()) });

/** What the figures were measured on; the machine's name and the account stay out of it. */
const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  load: loadavg().map((value) => Number(value.toFixed(2))),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
});

/** Keeps a run's figures, with what they were made of, where the next one overwrites them. */
export const writeResults = (file: string, run: object): void => {
  const { version, dependencies } = packageWire.parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const results = { date: new Date().toISOString(), version, machine: machine(), dependencies, ...run };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
};
