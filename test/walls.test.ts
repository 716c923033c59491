import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** The dependency rule of docs/architecture.md: each planted import must make the linter fail. */
const lint = (path: string, module: string): number | null => {
  const dir = mkdtempSync(join(tmpdir(), 'walls-'));
  try {
    copyFileSync('biome.json', join(dir, 'biome.json'));
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), `import { x } from '${module}';\n\nexport const y = [x];\n`);
    const biome = resolve('node_modules/.bin/biome');
    return spawnSync(biome, ['lint', '--vcs-enabled=false', path], { cwd: dir }).status;
  } finally {
    rmSync(dir, { recursive: true });
  }
};

const rejected: ReadonlyArray<readonly [string, string]> = [
  ['src/domain/x.ts', 'zod'],
  ['src/domain/x.ts', 'node:fs'],
  ['src/domain/x.ts', '../app/ports.ts'],
  ['src/app/x.ts', '../slack/app.ts'],
  ['src/app/x.ts', '../syncro/client.ts'],
  ['src/app/ports/x.ts', '../../slack/app.ts'],
  ['src/app/ports/x.ts', '../../store/sqlite.ts'],
  ['src/app/x.ts', 'got'],
  ['src/syncro/x.ts', '../store/sqlite.ts'],
  ['src/syncro/x.ts', '../app/advance-run.ts'],
  ['src/syncro/x.ts', '@slack/bolt'],
  ['src/store/x.ts', '../syncro/client.ts'],
  ['src/keys/x.ts', '../store/sqlite.ts'],
  ['src/schedule/x.ts', '../store/sqlite.ts'],
  ['src/schedule/x.ts', '../app/advance-run.ts'],
  ['src/store/x.ts', '../schedule/slots.ts'],
  ['src/app/x.ts', '../schedule/slots.ts'],
  ['src/keys/x.ts', '../files/session-logs.ts'],
  ['src/files/x.ts', '../store/sqlite.ts'],
  ['src/files/x.ts', '../app/write-session-log.ts'],
  ['src/app/x.ts', '../files/session-logs.ts'],
  ['src/metrics/x.ts', '../store/standings.ts'],
  ['src/store/x.ts', '../metrics/meter.ts'],
  ['src/app/x.ts', '../metrics/meter.ts'],
  ['src/syncro/x.ts', '../metrics/meter.ts'],
  ['src/slack/x.ts', 'prom-client'],
  ['src/slack/socket/x.ts', '../../metrics/meter.ts'],
  ['src/slack/x.ts', 'got'],
  ['src/slack/x.ts', 'croner'],
  ['src/slack/actions/x.ts', '../../files/session-logs.ts'],
  ['src/slack/forms/x.ts', '../../syncro/client.ts'],
  ['src/slack/forms/x.ts', '../../sandbox/demo.ts'],
];
const allowed: ReadonlyArray<readonly [string, string]> = [
  ['src/domain/x.ts', './minutes.ts'],
  ['src/domain/x.ts', '../errors.ts'],
  ['src/app/x.ts', '../domain/minutes.ts'],
  ['src/syncro/x.ts', '../app/ports.ts'],
  ['src/schedule/x.ts', 'croner'],
  ['src/metrics/x.ts', 'prom-client'],
  ['src/slack/forms/x.ts', '../../app/prepare-bill.ts'],
];
describe('the wall', () => {
  test.each(rejected)('%s may not import %s', (path, module) => {
    expect(lint(path, module)).toBe(1);
  });
  test.each(allowed)('%s may import %s', (path, module) => {
    expect(lint(path, module)).toBe(0);
  });
});
