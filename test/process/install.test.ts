/**
 * What people type starts an app that nobody can tell another time.
 *
 * @time machine
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { ENVIRONMENT_NAMES } from '../../src/config/config.ts';
import { type Outside, startOutside } from '../world/app-process.ts';
import { quickConfig } from '../world/quick-config.ts';

/** The machine may be busy, and its time counts here: as long as the settings allow. */
const LONG_S = 300;

const PAGE = 'docs/install.md';
const page = readFileSync(PAGE, 'utf8');
const read = (file: string): string => readFileSync(file, 'utf8');
/** What the page has people type on any machine; what needs Docker or root is fenced as `console`. */
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text]) => text ?? []);

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

describe('what docs/install.md has people type', () => {
  let outside: Outside;
  let dir: string;
  let port: number;
  let app: ChildProcess | null = null;
  let said = '';
  const tried = new Set<string>();

  beforeAll(async () => {
    outside = await startOutside(quickConfig());
    dir = mkdtempSync(join(tmpdir(), 'install-'));
    port = await freePort();
    for (const name of ['package.json', 'src', 'node_modules', 'manifest.yml', 'config.example.yml', '.env.example'])
      symlinkSync(resolve(name), join(dir, name));
  });
  afterAll(async () => {
    signal(app, 'SIGKILL');
    await outside.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const start = (command: string): ChildProcess =>
    spawn('bash', ['-euc', command], {
      cwd: dir,
      env: { PATH: `${resolve('node_modules/.bin')}:${process.env.PATH}`, HOME: dir },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: what npm starts is ended with it.
      detached: true,
    });
  const signal = (child: ChildProcess | null, name: NodeJS.Signals): void => {
    if (child?.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, name);
  };
  const run = (command: string): Promise<{ code: number | null; text: string }> =>
    new Promise((done) => {
      const child = start(command);
      let text = '';
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
      child.once('close', (code) => done({ code, text }));
    });
  const block = (words: string): string => {
    const found = blocks.filter((each) => each.includes(words));
    expect(found).toHaveLength(1);
    tried.add(found[0] ?? '');
    return (found[0] ?? '').replaceAll('localhost:3000', `localhost:${port}`);
  };

  test('makes a manifest for either mode', async () => {
    expect(await run(block('socket_mode_enabled'))).toMatchObject({ code: 0 });
    const socket = read(join(dir, 'my-manifest.yml'));
    expect(socket).not.toMatch(/your-host|url: /);
    expect(parse(socket)).not.toHaveProperty('settings.interactivity.message_menu_options_url');
    expect(parse(socket)).toMatchObject({
      features: { slash_commands: [{ command: '/syncro' }] },
      settings: { socket_mode_enabled: true, interactivity: { is_enabled: true } },
    });
    expect(await run(block('syncro.example.com'))).toMatchObject({ code: 0 });
    const http = read(join(dir, 'my-manifest.yml'));
    expect(http).not.toContain('your-host');
    const manifest = parse(http) as {
      settings: { interactivity: { request_url: string; message_menu_options_url: string } };
    };
    expect(manifest.settings.interactivity.request_url).toBe('https://syncro.example.com/slack/events');
    expect(manifest.settings.interactivity.message_menu_options_url).toBe('https://syncro.example.com/slack/events');
  });

  test('makes the settings, which the doctor finds good', async () => {
    expect(await run(block('cp config.example.yml'))).toMatchObject({ code: 0 });
    expect(read(join(dir, 'config.yml'))).toBe(read('config.example.yml'));
    expect(statSync(join(dir, '.env')).mode & 0o777).toBe(0o600);
    // As their owner fills them in; the database and the settings are where they are unless told.
    const { CONFIG_FILE: _, DATABASE_URL: __, ...variables } = outside.variables;
    const lines = Object.entries({ ...variables, PORT: String(port) }).map(([name, value]) => `${name}=${value}`);
    writeFileSync(join(dir, '.env'), `${read('.env.example').replace(/^[A-Z_]+=.*$/gm, '')}\n${lines.join('\n')}\n`);
    writeFileSync(join(dir, 'config.yml'), quickConfig({ timeout: LONG_S }));
    const { code, text } = await run(block('npm run doctor'));
    expect(text).toContain('0 failed');
    expect(code).toBe(0);
  });

  test('starts it, and shows that it is ready', async () => {
    app = start(block('npm start'));
    app.stdout?.on('data', (chunk) => (said += String(chunk)));
    for (const end = Date.now() + LONG_S * 1_000; Date.now() < end && !said.includes('"msg":"ready"'); )
      await sleep(50);
    const [url = ''] = /http:\S+/.exec(block('curl')) ?? [];
    expect(await (await fetch(url)).json()).toEqual({ database: 'ok', slack: 'ok', syncro: 'ok' });
    outside.slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
    await outside.slack.person('U012HOWARD').slash('/syncro', '');
    await outside.slack.person('U012HOWARD').message(/Your open tickets/, { timeoutMs: LONG_S * 1_000 });
  });

  test('makes a backup while it runs, and restores it when it is stopped', async () => {
    expect(await run(block('npm run backup'))).toMatchObject({ code: 0, text: expect.stringContaining('; checked.') });
    const restore = block('npm run restore -- "');
    expect(await run(restore)).toMatchObject({ code: 1, text: expect.stringContaining('stop it first') });
    // As Ctrl+C does: to all that the terminal started.
    signal(app, 'SIGINT');
    let restored = await run(restore);
    for (
      const end = Date.now() + LONG_S * 1_000;
      Date.now() < end && restored.code !== 0;
      restored = await run(restore)
    )
      await sleep(100);
    expect(restored.text).toContain('On the next start, the app checks Syncro');
    expect(await run(block('--mark'))).toMatchObject({ code: 0 });
  });

  test('is all tried here', () => {
    expect(blocks.filter((text) => !tried.has(text))).toEqual([]);
  });
});

describe('the page', () => {
  test('links to what there is', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].flatMap(([, link]) => link ?? []);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links.filter((each) => !each.startsWith('http')))
      expect(`${link} ${existsSync(join(dirname(PAGE), link))}`).toBe(`${link} true`);
  });
});

/** What needs Docker, systemd or root. */
const consoles = [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, text]) => text ?? []);

describe('what needs root or Docker', () => {
  test('puts files of ours into folders that are there by then, with the settings of the folder before', async () => {
    const steps = consoles.find((text) => text.includes('useradd')) ?? '';
    const dir = mkdtempSync(join(tmpdir(), 'install-root-'));
    for (const name of ['.env', 'config.yml']) writeFileSync(join(dir, name), `of ${name}\n`);
    // What an empty machine has.
    for (const folder of ['etc/systemd/system', 'usr/local/bin'])
      mkdirSync(join(dir, 'root', folder), { recursive: true });
    const commands = steps
      .split('\n')
      .filter((line) => /^(install|cp) /.test(line))
      .map((line) =>
        line
          .replace('-g syncro-slack ', '')
          .replaceAll('/opt/syncro-slack/', `${resolve('.')}/`)
          .replace(/ \/(etc|usr)\//g, ` ${join(dir, 'root')}/$1/`),
      );
    expect(commands.length).toBeGreaterThan(4);
    const { status, stderr } = spawnSync('sh', ['-euc', commands.join('\n')], { cwd: dir, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const root = (path: string): string => join(dir, 'root', path);
    expect(read(root('etc/syncro-slack/env'))).toBe('of .env\n');
    expect(statSync(root('etc/syncro-slack/env')).mode & 0o777).toBe(0o600);
    expect(read(root('etc/syncro-slack/config.yml'))).toBe('of config.yml\n');
    expect(statSync(root('usr/local/bin/syncro-slack')).mode & 0o777).toBe(0o755);
    expect(readdirSync(root('etc/systemd/system')).sort()).toEqual(
      readdirSync('deploy')
        .filter((name) => /\.(service|timer)$/.test(name))
        .sort(),
    );
    rmSync(dir, { recursive: true });
  });

  test('asks for commands that there are', () => {
    const { stdout } = spawnSync(resolve('node_modules/.bin/node'), ['src/bin/syncro-slack.mjs'], { encoding: 'utf8' });
    const known = [...stdout.matchAll(/^ {2}(\w+)/gm)].map(([, word]) => word);
    expect(known).toEqual(['start', 'doctor', 'audit', 'backup', 'restore', 'reencrypt', 'move']);
    const asked = [...consoles.join('').matchAll(/(?:^syncro-slack|exec \w+ syncro-slack|run --rm \w+) ([a-z]+)/gm)];
    expect(new Set(asked.map(([, word]) => word))).toEqual(new Set(['doctor', 'backup', 'restore', 'move']));
    for (const [, word] of page.matchAll(/npm run (\w+)/g)) expect(known).toContain(word);
  });

  test('has a command that a shell can read', () => {
    expect(spawnSync('sh', ['-n', 'deploy/syncro-slack'], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(spawnSync('sh', ['deploy/syncro-slack', 'start'], { encoding: 'utf8' })).toMatchObject({
      status: 2,
      stderr: 'systemd starts it: systemctl start syncro-slack\n',
    });
  });
});

type Service = {
  readonly image: string;
  readonly mem_limit?: string;
  readonly logging?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
  readonly env_file?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly stop_grace_period?: string;
  readonly profiles?: readonly string[];
};
type Compose = { readonly services: Readonly<Record<string, Service>>; readonly volumes: object };
const compose = (file: string): Compose => parse(read(file), { merge: true }) as Compose;
const isApp = ({ image }: Service): boolean => /^\$\{SYNCRO_SLACK_IMAGE\b/.test(image);

describe.each(['compose.yml', 'compose.scale.yml'])('%s', (file) => {
  const { services, volumes } = compose(file);
  const apps = Object.values(services).filter(isApp);

  test('gives the app only variables that it knows', () => {
    expect(apps.length).toBe(file === 'compose.yml' ? 1 : 2);
    for (const { environment = {}, env_file } of apps) {
      expect(Object.keys(environment).filter((name) => !ENVIRONMENT_NAMES.includes(name))).toEqual([]);
      expect(env_file).toBe('.env');
      expect(environment.PORT).toBe('3000');
    }
  });

  test('mounts files that are there and volumes that it declares', () => {
    for (const { volumes: mounts = [] } of Object.values(services))
      for (const [from = '', to] of mounts.map((mount) => mount.split(':'))) {
        expect(to).toMatch(/^\//);
        // config.yml and backups are the owner's to make.
        if (!from.startsWith('./')) expect(Object.keys(volumes)).toContain(from);
        else if (!['./config.yml', './backups'].includes(from)) expect(existsSync(from)).toBe(true);
      }
  });

  test('lets a write that is under way end before it kills', () => {
    for (const { stop_grace_period } of apps) expect(Number.parseInt(stop_grace_period ?? '', 10)).toBeGreaterThan(10);
  });

  test('fills neither the disk with logs nor the memory of its machine', () => {
    for (const { logging } of Object.values(services))
      expect(logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } });
    for (const { mem_limit } of apps) expect(mem_limit).toBe('512m');
  });

  test('lets nothing but the proxy be reached from outside', () => {
    for (const [name, { ports = [] }] of Object.entries(services))
      if (name !== 'proxy') for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:3000:3000$/);
  });
});

test('compose.scale.yml keeps both copies on the database that it starts, and its proxy on both copies', () => {
  const { services } = compose('compose.scale.yml');
  const { POSTGRES_USER, POSTGRES_DB } = services.db?.environment ?? {};
  const names = Object.keys(services).filter((name) => isApp(services[name] as Service));
  for (const name of names)
    expect(services[name]?.environment?.DATABASE_URL).toMatch(
      new RegExp(`^postgres://${POSTGRES_USER}:\\$\\{POSTGRES_PASSWORD:.*\\}@db:5432/${POSTGRES_DB}$`),
    );
  expect(services.proxy?.profiles).toEqual(['http']);
  expect(read('deploy/Caddyfile')).toContain(`reverse_proxy ${names.map((name) => `${name}:3000`).join(' ')} {`);
});

describe('the image', () => {
  const dockerfile = read('Dockerfile');

  test('copies what there is and starts node itself, as a user without rights', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, files]) => files?.split(' ') ?? [],
    );
    expect(copied).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', '.npmrc', 'src']));
    const ignored = read('.dockerignore').split('\n');
    for (const file of copied) {
      expect(existsSync(file)).toBe(true);
      expect(ignored).toContain(`!${file}`);
    }
    expect(ignored).toContain('*');
    expect(ignored).not.toContain('!sandbox');
    const [, flags, script = ''] = /^ENTRYPOINT \["node", ((?:"--[^"]+", )+)"(.+)"\]$/m.exec(dockerfile) ?? [];
    expect(dockerfile).toMatch(/^CMD \["start"\]$/m);
    expect(dockerfile.indexOf('USER node')).toBeLessThan(dockerfile.indexOf('ENTRYPOINT'));
    // V8 takes nothing that was compiled under other flags.
    expect(dockerfile).toContain(`RUN node ${flags?.replace(/[",]/g, '')}${script} start`);
    // What the link on the PATH leads to is run by itself.
    expect(dockerfile).toContain(`ln -s /app/${script} /usr/local/bin/syncro-slack`);
    expect(read(script)).toMatch(/^#!/);
    expect(statSync(script).mode & 0o111).toBe(0o111);
    expect(dockerfile).toMatch(/HEALTHCHECK[\s\S]*\/healthz/);
    // By itself the app listens where no published port would lead to it.
    expect(dockerfile).toMatch(/^ENV .*\bLISTEN_HOST=0\.0\.0\.0$/m);
  });

  test('has a Node that the app can run on', () => {
    const { engines, devDependencies } = JSON.parse(read('package.json'));
    const [, major] = /^FROM node:(\d+)-slim$/m.exec(dockerfile) ?? [];
    expect(devDependencies.node.split('.')[0]).toBe(major);
    expect(engines.node).toBe('>=22.18');
  });
});

describe('the units', () => {
  const units = readdirSync('deploy').filter((name) => name.endsWith('.service'));
  const lines = (name: string, key: string): readonly string[] =>
    [...read(join('deploy', name)).matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].flatMap(([, value]) => value ?? []);

  test.each(units)(
    '%s starts a script that is there, with variables that it knows, and may write its state',
    (name) => {
      const [command = ''] = lines(name, 'ExecStart');
      const [node, ...rest] = command.split(' ');
      expect(node).toBe('/opt/syncro-slack/node_modules/.bin/node');
      const script = rest.find((word) => word.startsWith('/opt/syncro-slack/'));
      expect(existsSync(script?.replace('/opt/syncro-slack/', '') ?? '')).toBe(true);
      expect(lines(name, 'EnvironmentFile')).toEqual(['/etc/syncro-slack/env']);
      const variables = lines(name, 'Environment').map((line) => line.split('=')[0] ?? '');
      expect(variables.filter((each) => each !== 'NODE_ENV' && !ENVIRONMENT_NAMES.includes(each))).toEqual([]);
      expect(lines(name, 'Environment')).toContain('DATABASE_URL=sqlite:/var/lib/syncro-slack/syncro-slack.db');
      expect(lines(name, 'StateDirectory')).toEqual(['syncro-slack']);
      expect([lines(name, 'User'), lines(name, 'ProtectSystem')]).toEqual([['syncro-slack'], ['strict']]);
    },
  );

  test('have what the command has that runs beside them', () => {
    const script = read('deploy/syncro-slack');
    for (const variable of lines('syncro-slack.service', 'Environment'))
      expect(script).toContain(`--setenv=${variable} `);
    const [user, dir] = ['User', 'WorkingDirectory'].map((key) => lines('syncro-slack.service', key)[0]);
    expect(script).toContain(`--uid=${user} `);
    expect(script).toContain(`--working-directory=${dir} `);
    for (const key of ['EnvironmentFile', 'StateDirectory', 'UMask', 'ProtectSystem', 'ProtectHome'])
      expect(script).toContain(`--property=${key}=${lines('syncro-slack.service', key)[0]} `);
  });

  test('let a write that is under way end before they kill', () => {
    expect(Number(lines('syncro-slack.service', 'TimeoutStopSec')[0])).toBeGreaterThan(10);
  });
});

test('.env.example names variables that the app or compose.scale.yml knows', () => {
  const names = [...read('.env.example').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].flatMap(([, name]) => name ?? []);
  const scale = read('compose.scale.yml');
  const unknown = names.filter((name) => !ENVIRONMENT_NAMES.includes(name) && !scale.includes(`\${${name}:`));
  expect(unknown).toEqual(['SYNCRO_KEY_HOWARD']);
  expect(names).toEqual(expect.arrayContaining(['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN']));
});
