import { afterEach, describe, expect, test } from '@jest/globals';
import { ask, get, howardKey, inside, jerrys, noon, post, start, stopAll } from './ask.ts';

afterEach(stopAll);

const json = { 'content-type': 'application/json' };
const comment = { subject: 'Update', body: 'Hello', do_not_email: true };

describe('keys', () => {
  test('the key is taken from the query, from both forms of the header and from the JSON body', async () => {
    const syncro = await start();
    const path = `${syncro.url}/tickets/${jerrys}/comment`;
    const send = (url: string, headers: object, extra: object = {}): Promise<Response> =>
      fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ ...comment, ...extra }) });
    const answers = await Promise.all([
      send(`${path}?api_key=${howardKey}`, {}),
      send(path, { authorization: `Bearer ${howardKey}` }),
      send(path, { authorization: howardKey }),
      send(path, {}, { api_key: howardKey }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(syncro.requests.map((request) => request.technician)).toEqual([1750, 1750, 1750, 1750]);
  });

  test('a missing, unknown or revoked key is answered 401 without a body', async () => {
    const syncro = await start();
    const missing = await fetch(`${syncro.url}/me`);
    const unknown = await get(syncro, '/me', 'nobody');
    const howard = syncro.state.users.find((user) => user.id === 1750);
    if (howard) howard.keys = [];
    const revoked = await get(syncro, '/me');
    expect([missing.status, unknown.status, revoked.status]).toEqual([401, 401, 401]);
    expect(unknown.text).toBe('');
  });

  test('a user without the permission is answered 401 with a reason, and nothing is written', async () => {
    const syncro = await start();
    const howard = syncro.state.users.find((user) => user.id === 1750);
    if (howard) howard.permissions.invoice.write = false;
    const answer = await post(syncro, '/invoices', { customer_id: 33401001 });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      error: 'Not authorized. Please ask account admin to update your group permissions.',
    });
    expect(syncro.state.invoices).toHaveLength(2);
    expect((await get(syncro, '/invoices')).status).toBe(200);
  });

  test('the log holds no key, wherever it was sent', async () => {
    const syncro = await start();
    await fetch(`${syncro.url}/tickets?api_key=${howardKey}&number=32164`);
    await fetch(`${syncro.url}/tickets/${jerrys}/comment`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ ...comment, api_key: howardKey }),
    });
    expect(JSON.stringify(syncro.requests)).not.toContain(howardKey);
    expect(syncro.requests[0]).toMatchObject({
      method: 'GET',
      path: '/tickets?number=32164',
      status: 200,
      at: noon,
    });
  });

  test('/me stands unwrapped and leaks user_token', async () => {
    const { body } = await get(await start(), '/me');
    expect(body).toMatchObject({ user_id: 1750, user_name: 'Howard Enos' });
    expect(body.user_token).toEqual(expect.stringContaining('never-show'));
    expect(inside(inside(body.permissions).ticket)).toEqual({ read: true, write: true, delete: true });
  });
});

describe('attribution', () => {
  test('everything written belongs to the owner of the key', async () => {
    const syncro = await start();
    const winter = 'sandbox-winter';
    await post(syncro, `/tickets/${jerrys}/comment`, comment, winter);
    await post(syncro, `/tickets/${jerrys}/add_line_item`, { name: 'a', description: 'b' }, winter);
    await post(syncro, `/tickets/${jerrys}/timer_entry`, { start_at: '2026-11-23T10:00:00Z' }, winter);
    await post(syncro, '/invoices', { customer_id: 33401001, ticket_id: jerrys }, winter);
    const { comments, lines, timers, invoices } = syncro.state;
    expect(comments.at(-1)).toMatchObject({ user_id: 1737, tech: 'Winter Hale' });
    expect(lines.at(-1)?.user_id).toBe(1737);
    expect(timers.at(-1)?.user_id).toBe(1737);
    expect(invoices.at(-1)?.user_id).toBe(1737);
  });

  test('tech changes the shown name only, and a timer may name another user', async () => {
    const syncro = await start();
    const said = await post(syncro, `/tickets/${jerrys}/comment`, { ...comment, tech: 'Robot' });
    expect(said.body.comment).toMatchObject({ tech: 'Robot', user_id: 1750 });
    const timer = await post(syncro, `/tickets/${jerrys}/timer_entry`, {
      start_at: '2026-11-23T10:00:00Z',
      user_id: 1760,
    });
    expect(timer.body.user_id).toBe(1760);
  });
});

describe('what is no API', () => {
  test('an unknown path is an HTML 404', async () => {
    const answer = await get(await start(), '/tickets/1/timer');
    expect(answer.status).toBe(404);
    expect(answer.type).toContain('text/html');
  });

  test('POST and PUT without a JSON content type are an HTML 400, and nothing is written', async () => {
    const syncro = await start();
    const answer = await fetch(`${syncro.url}/tickets/${jerrys}/comment?api_key=${howardKey}`, {
      method: 'POST',
      body: JSON.stringify(comment),
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('text/html');
    const put = await fetch(`${syncro.url}/tickets/${jerrys}?api_key=${howardKey}`, { method: 'PUT' });
    expect(put.status).toBe(400);
    expect(syncro.state.comments.filter((one) => one.body === 'Hello')).toEqual([]);
  });

  test('a method that a path does not have is a 404: comments cannot be deleted', async () => {
    const syncro = await start();
    expect((await ask(syncro, 'DELETE', `/tickets/${jerrys}/comment`)).status).toBe(404);
  });
});
