import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';

test('npm run demo says where to look, without a word of warning, and ends on Ctrl+C', async () => {
  const demo = spawn('npm', ['run', '-s', 'demo', '--', '--any-port'], { detached: true });
  const said = { out: '', trouble: '' };
  demo.stderr.on('data', (chunk: Buffer) => (said.trouble += String(chunk)));
  const address = await new Promise<string>((resolve, reject) => {
    demo.once('exit', () => reject(new Error(`it ended: ${said.trouble}`)));
    demo.stdout.on('data', (chunk: Buffer) => {
      said.out += String(chunk);
      const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said.out) ?? [];
      if (found && said.out.includes('Ctrl+C')) resolve(found);
    });
  });
  expect(await (await fetch(address)).text()).toContain('Syncro for Slack');
  const ended = once(demo, 'exit');
  // A terminal sends it to everything that the demo started.
  process.kill(-(demo.pid ?? 0), 'SIGINT');
  await ended;
  expect(said).toEqual({ out: expect.stringContaining('/syncro bill 32164'), trouble: '' });
});
