import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

/** The files that a linter complains of among these, each with the modules that it imports. */
const refused = (files: Readonly<Record<string, readonly string[]>>): readonly string[] => {
  const dir = mkdtempSync(join(tmpdir(), 'import-rules-'));
  try {
    copyFileSync('biome.json', join(dir, 'biome.json'));
    for (const [path, modules] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      const imports = modules.map((module, i) => `import { x${i} } from '${module}';\n`);
      writeFileSync(join(dir, path), `${imports.join('')}\nexport const y = [${modules.map((_, i) => `x${i}`)}];\n`);
    }
    const { stdout } = spawnSync(
      resolve('node_modules/.bin/biome'),
      ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'],
      { cwd: dir, encoding: 'utf8' },
    );
    return [...new Set([...stdout.matchAll(/file=([^,]+)/g)].map(([, file = '']) => relative(dir, file)))].sort();
  } finally {
    rmSync(dir, { recursive: true });
  }
};

const planted = (rows: ReadonlyArray<readonly [folder: string, module: string]>) =>
  Object.fromEntries(rows.map(([folder, module], i) => [`${folder}/x${i}.ts`, [module]]));

/** What docs/architecture.md allows is allowed; whatever it doesn't name is not. */
test('a layer imports what lies below it, a feature only itself, tickets and what lies below', () => {
  const forbidden = planted([
    ['src/shared', '../syncro/ticket.ts'],
    ['src/shared', 'got'],
    ['src/config', '../syncro/ticket.ts'],
    ['src/database', '../runs/ports.ts'],
    ['src/database', 'got'],
    ['src/syncro', '../database/schema.ts'],
    ['src/syncro', '../slack/kit.ts'],
    ['src/syncro', '@slack/bolt'],
    ['src/slack', '../syncro/ticket.ts'],
    ['src/slack', '../features/bill/bill.ts'],
    ['src/slack/forms', '../../runs/ports.ts'],
    ['src/runs', '../slack/kit.ts'],
    ['src/runs', './slack/notifier.ts'],
    ['src/runs', './store/runs.ts'],
    ['src/runs', 'zod'],
    ['src/runs', 'node:fs'],
    ['src/runs/rules', '../ports.ts'],
    ['src/runs/rules', 'zod'],
    ['src/runs/slack', '../../features/bill/prepare.ts'],
    ['src/features/bill', './slack/form.ts'],
    ['src/features/bill', '../time/timers.ts'],
    ['src/features/bill', '../../slack/kit.ts'],
    ['src/features/bill', '../../syncro/store/budget.ts'],
    ['src/features/bill', '../../app/floors.ts'],
    ['src/features/bill', '@slack/types'],
    ['src/features/bill', 'got'],
    ['src/features/bill', 'node:fs'],
    ['src/features/bill/slack', '../../time/slack/form.ts'],
    ['src/features/bill/slack', '../../../database/schema.ts'],
    ['src/features/bill/slack', '../../../app/features.ts'],
    ['src/features/bill/slack', 'kysely'],
    ['src/features/tickets', '../search/search-tickets.ts'],
    ['src/features/time/store', '../slack/form.ts'],
    ['src/features/time/store', '../../bill/plan.ts'],
    ['src/features/new-one', '../bill/plan.ts'],
    ['src/features/new-one/slack', '../../bill/slack/form.ts'],
    ['src/app', '../../sandbox/world.ts'],
    ['src/bin', '../../test/growth.ts'],
  ]);
  const allowed = {
    'src/shared/y.ts': ['./text.ts', 'node:crypto', 'pino'],
    'src/syncro/y.ts': ['./ticket.ts', '../shared/text.ts', 'got', 'zod', 'node:net'],
    'src/syncro/store/y.ts': ['../ports.ts', '../../database/schema.ts', 'kysely'],
    'src/slack/y.ts': ['./kit.ts', './forms/views.ts', '../shared/text.ts', '@slack/bolt', 'node:http'],
    'src/runs/y.ts': ['./ports.ts', './rules/run.ts', '../syncro/ticket.ts', '../shared/text.ts'],
    'src/runs/rules/y.ts': ['./run.ts', '../../syncro/ticket.ts', '../../shared/text.ts'],
    'src/runs/slack/y.ts': ['../ports.ts', '../rules/run.ts', '../../slack/blocks.ts', '@slack/types'],
    'src/features/bill/y.ts': ['./plan.ts', '../tickets/find-ticket.ts', '../../runs/rules/run.ts', 'zod'],
    'src/features/bill/bill.ts': ['./prepare.ts', './slack/form.ts', '../../slack/feature.ts'],
    'src/features/bill/slack/y.ts': ['./form.ts', '../plan.ts', '../../../slack/blocks.ts', '@slack/types', 'zod'],
    'src/features/time/store/y.ts': ['../ports.ts', '../../../database/schema.ts', 'kysely', 'node:crypto'],
    'src/features/create/prepare.ts': ['../customers/customer-cache.ts'],
    'src/features/home/read-home.ts': ['../time/ports.ts'],
    'src/app/y.ts': ['../features/bill/bill.ts', '../database/schema.ts', 'pino', 'node:http'],
  };
  expect(refused({ ...forbidden, ...allowed })).toEqual(Object.keys(forbidden).sort());
});

test('a circle of imports is refused, also one of types', () => {
  const dir = mkdtempSync(join(tmpdir(), 'circles-'));
  try {
    copyFileSync('.oxlintrc.json', join(dir, '.oxlintrc.json'));
    writeFileSync(join(dir, 'a.ts'), "import type { B } from './b.ts';\n\nexport type A = { readonly b: B | null };\n");
    writeFileSync(join(dir, 'b.ts'), "import type { C } from './c.ts';\n\nexport type B = { readonly c: C | null };\n");
    const c = (module: string) =>
      writeFileSync(join(dir, 'c.ts'), `import type { A } from '${module}';\n\nexport type C = A;\n`);
    const lint = () => spawnSync(resolve('node_modules/.bin/oxlint'), ['.'], { cwd: dir, encoding: 'utf8' });
    c('./a.ts');
    expect(lint()).toMatchObject({ status: 1, stdout: expect.stringContaining('no-cycle') });
    c('./elsewhere.ts');
    expect(lint()).toMatchObject({ status: 0 });
  } finally {
    rmSync(dir, { recursive: true });
  }
});
