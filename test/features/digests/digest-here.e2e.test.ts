import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { howardOf, mikeOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { dueAgo, HOUR } from './digest-due.ts';
import { answerTo, digestsIn, holdStill, jumpingTime } from './digest-steps.ts';

const start = useWorld();

describe('/syncro digest here', () => {
  test('is for admins', async () => {
    const world = await start();
    for (const command of ['digest here at 08:00', 'digest off']) {
      const answer = await answerTo(howardOf(world), command);
      expect(answer.text).toBe('Only admins can change where and when digests are posted. Nothing was changed.');
    }
    expect((await answerTo(howardOf(world), 'digest list')).text).toContain('No digest is set up.');
  });

  test('sets one up in the account’s zone, which then comes on every workday', async () => {
    const { time, jumpToNext } = jumpingTime();
    const world = await start({ time });
    holdStill(world);
    const answer = await answerTo(mikeOf(world), 'digest here at 8');
    expect(answer.text).toContain(
      'The open tickets will be posted in this channel at 08:00 (America/Phoenix), mon-fri. Next: ',
    );
    expect(digestsIn(world)).toEqual([]);
    const howard = howardOf(world);
    jumpToNext();
    await howard.message(/^Open tickets · .*\n17 open · oldest/, { channel: 'C0GENERAL' });
    jumpToNext();
    await howard.message(/^Open tickets · .* · nothing new since \w+ · 17 open$/, { channel: 'C0GENERAL' });
    world.syncro.customerReply(108443837, 'It stopped again.');
    jumpToNext();
    await howard.message(/^Open tickets · .*\n17 open · ±0 since \w+ · oldest/, { channel: 'C0GENERAL' });
    expect(digestsIn(world)).toHaveLength(3);
    expect((await answerTo(howard, 'digest list')).text).toMatch(
      /08:00 mon-fri \(America\/Phoenix\) · next .* · last /,
    );
  });

  test('at a time that is over for today begins tomorrow', async () => {
    const { time, jumpToNext } = jumpingTime();
    const world = await start({ time });
    jumpToNext();
    await answerTo(mikeOf(world), 'digest here at 7am');
    await sleep(400);
    expect(digestsIn(world)).toEqual([]);
    jumpToNext();
    await howardOf(world).message(/Open tickets · /, { channel: 'C0GENERAL' });
  });

  test('changes the one that is there', async () => {
    const world = await start();
    await answerTo(mikeOf(world), 'digest here at 08:00');
    const changed = await answerTo(mikeOf(world), 'digest here at 4:30pm');
    expect(changed.text).toContain('Changed: the open tickets will be posted in this channel at 16:30');
    const list = await answerTo(howardOf(world), 'digest list');
    expect(list.text).toContain('Digests · 1');
    expect(list.text).toContain('16:30 mon-fri (America/Phoenix) · next ');
  });

  test('is refused where the settings file has one', async () => {
    const world = await start({ shop: { more: dueAgo(5 * HOUR) } });
    for (const command of ['digest here at 08:00', 'digest off']) {
      const answer = await answerTo(mikeOf(world), command);
      expect(answer.text).toBe(
        "This channel's digest is set in config.yml and can only be changed there. Nothing was changed.",
      );
    }
  });

  test('is refused where the bot is not, and in no zone that nobody knows', async () => {
    const world = await start({ slack: { channels: [{ id: 'C0NOBOT', name: 'no-bot', bot: false }] } });
    const closed = await answerTo(mikeOf(world), 'digest here at 08:00', 'C0NOBOT');
    expect(closed.text).toContain('invite me with /invite @Syncro');
    world.syncro.state.settings.time_zone = 'Lemuria <!here>';
    const answer = await answerTo(mikeOf(world), 'digest here at 08:00');
    expect(answer.text).toContain('your Syncro account says "Lemuria <!here>"');
    expect((await answerTo(mikeOf(world), 'digest list')).text).toContain('No digest is set up.');
  });

  test('is refused where the app was not granted to read messages, which nobody has to grant', async () => {
    const world = await start({ slack: { declined: ['channels:history'] } });
    const answer = await answerTo(mikeOf(world), 'digest here at 08:00');
    expect(answer.text).toContain("I'm not allowed to read messages there, so a digest could be posted twice.");
    expect(answer.text).toContain('grant it channels:history (groups:history if it is private). Nothing was changed.');
    expect((await answerTo(mikeOf(world), 'digest list')).text).toContain('No digest is set up.');
  });

  test('ends with off', async () => {
    const world = await start();
    expect((await answerTo(mikeOf(world), 'digest off')).text).toContain('No digest is set up in this channel.');
    await answerTo(mikeOf(world), 'digest here at 08:00');
    expect((await answerTo(mikeOf(world), 'digest off')).text).toBe('No more digests in this channel.');
    expect((await answerTo(mikeOf(world), 'digest list')).text).toContain('No digest is set up.');
  });

  test('survives a restart', async () => {
    const world = await start();
    await answerTo(mikeOf(world), 'digest here at 08:00');
    await world.stopApp();
    await world.startApp();
    expect((await answerTo(howardOf(world), 'digest list')).text).toContain('08:00 mon-fri (America/Phoenix)');
  });
});
