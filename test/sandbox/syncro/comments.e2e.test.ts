import { afterEach, describe, expect, test } from '@jest/globals';
import { get, inside, jerrys, leeAnns, post, rows, start, stopAll, ticketId } from './ask.ts';

afterEach(stopAll);

const say = { subject: 'Update', body: 'Done' };

describe('adding a comment', () => {
  test('the answer is wrapped, status 200', async () => {
    const answer = await post(await start(), `/tickets/${jerrys}/comment`, say);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['comment']);
    expect(answer.body.comment).toMatchObject({ ticket_id: jerrys, body: 'Done', hidden: false });
  });

  test('a body wrapped in "comment" is refused: only flat bodies are read', async () => {
    const syncro = await start();
    const answer = await post(syncro, `/tickets/${jerrys}/comment`, { comment: say });
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({ success: false, message: ["Body can't be blank", "Subject can't be blank"] });
    expect(syncro.state.outbox).toEqual([]);
  });

  test('an Idempotency-Key changes nothing: two POSTs are two comments', async () => {
    const syncro = await start();
    const before = syncro.state.comments.length;
    for (const _ of [1, 2]) {
      await fetch(`${syncro.url}/tickets/${jerrys}/comment`, {
        method: 'POST',
        headers: { authorization: 'sandbox-howard', 'content-type': 'application/json', 'idempotency-key': 'one' },
        body: JSON.stringify(say),
      });
    }
    expect(syncro.state.comments).toHaveLength(before + 2);
  });

  test('it emails the customer unless it is hidden or told not to', async () => {
    const syncro = await start();
    await post(syncro, `/tickets/${jerrys}/comment`, { ...say, hidden: true, do_not_email: false });
    await post(syncro, `/tickets/${jerrys}/comment`, { ...say, hidden: false, do_not_email: true });
    expect(syncro.state.outbox).toEqual([]);
    const answer = await post(syncro, `/tickets/${jerrys}/comment`, { ...say, hidden: false, do_not_email: false });
    const commentId = inside(answer.body.comment).id;
    expect(syncro.state.outbox).toEqual([{ to: 'jerry@customer.example', ticketId: jerrys, commentId }]);
  });

  test('mail goes to the contact of the ticket when it has one, and to nobody who wants none', async () => {
    const syncro = await start();
    await post(syncro, `/tickets/${leeAnns}/comment`, say);
    for (const customer of syncro.state.customers) customer.no_email = true;
    await post(syncro, `/tickets/${jerrys}/comment`, say);
    expect(syncro.state.outbox.map((mail) => mail.to)).toEqual(['jim@customer.example']);
  });

  test.each([
    ['Diagnosis', 'In Progress'],
    ['Parts Arrival', 'In Progress'],
    ['Parts Order', 'Waiting for Parts'],
    ['Update', 'New'],
  ])('the subject %s leaves a new ticket at %s', async (subject, status) => {
    const syncro = await start();
    await post(syncro, `/tickets/${jerrys}/comment`, { ...say, subject });
    expect(inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket).status).toBe(status);
  });

  test('product_id, minutes_spent and bill_time_now are ignored', async () => {
    const syncro = await start();
    const lines = syncro.state.lines.length;
    const answer = await post(syncro, `/tickets/${jerrys}/comment`, {
      ...say,
      product_id: 1190473,
      minutes_spent: 30,
      bill_time_now: true,
    });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toMatch(/product_id|minutes_spent|bill_time_now/);
    expect(syncro.state.lines).toHaveLength(lines);
    expect(syncro.state.timers).toHaveLength(1);
  });
});

describe('listing comments', () => {
  test('newest first by ten, with per_page honoured', async () => {
    const syncro = await start();
    const at = `/tickets/${ticketId(syncro, 32120)}/comments`;
    const plain = await get(syncro, at);
    expect(rows(plain.body.comments)[0]?.body).toBe('Entry 400 of the move diary.');
    expect(plain.body.meta).toEqual({ total_pages: 40, page: 1, per_page: 10 });
    const five = await get(syncro, `${at}?per_page=5&page=2&sort_by=created_at&sort_direction=ASC`);
    expect(rows(five.body.comments)[0]?.body).toBe('Entry 6 of the move diary.');
    expect(five.body.meta).toEqual({ total_pages: 80, page: 2, per_page: 5 });
  });

  test('markup is left out unless comment_format asks for it', async () => {
    const syncro = await start();
    const at = `/tickets/${ticketId(syncro, 32156)}/comments`;
    const plain = String(rows((await get(syncro, at)).body.comments)[0]?.body);
    expect(plain).toContain('Migration notes & checklist\nStep 1: moved mailbox 1 <done> on host-1');
    const original = rows((await get(syncro, `${at}?comment_format=original`)).body.comments)[0];
    const rich = rows((await get(syncro, `${at}?comment_format=richtext`)).body.comments)[0];
    expect(rich?.is_rich_text).toBe(true);
    expect(original?.body).toBe(rich?.body);
    expect(String(rich?.body)).toContain('<b>Migration notes</b> &amp; checklist');
    expect(String(rich?.body).length).toBeGreaterThanOrEqual(5000);
  });

  test('created_after and created_before bound the list', async () => {
    const syncro = await start();
    const at = `/tickets/${jerrys}/comments?created_after=2026-11-22T00:00:00Z`;
    expect(rows((await get(syncro, at)).body.comments).map((one) => one.body)).toEqual([
      'Rebooted, sync runs again.',
      'It stopped again after lunch.',
      'Looking into it.',
    ]);
    expect(rows((await get(syncro, `${at}&created_before=2026-11-22T11:00:00Z`)).body.comments)).toHaveLength(1);
  });

  test('comments can be sorted and bounded by their change', async () => {
    const syncro = await start();
    const oldest = syncro.state.comments.find((one) => one.ticket_id === jerrys);
    if (oldest) oldest.updated_at = '2026-11-23T21:00:00.000Z';
    const list = async (query: string) =>
      rows((await get(syncro, `/tickets/${jerrys}/comments?${query}`)).body.comments).map((one) => one.id);
    expect((await list('sort_by=updated_at'))[0]).toBe(oldest?.id);
    expect((await list('sort_by=created_at')).at(-1)).toBe(oldest?.id);
    expect(await list('updated_after=2026-11-23T20:00:00Z')).toEqual([oldest?.id]);
  });

  test('a public comment of ours takes the reply mark off, an internal one does not', async () => {
    const syncro = await start();
    const mark = async (): Promise<unknown> =>
      rows((await get(syncro, '/tickets?number=32163')).body.tickets)[0]?.customer_reply;
    await post(syncro, `/tickets/${leeAnns}/comment`, { ...say, hidden: true });
    expect(await mark()).toBe(true);
    await post(syncro, `/tickets/${leeAnns}/comment`, say);
    expect(await mark()).toBe(false);
  });

  test('a customer reply has no user and moves the ticket', async () => {
    const syncro = await start();
    syncro.customerReply(jerrys, 'Still broken');
    const [newest] = rows((await get(syncro, `/tickets/${jerrys}/comments`)).body.comments);
    expect(newest).toMatchObject({ body: 'Still broken', user_id: null, tech: null, subject: 'Customer Reply' });
    const [row] = rows((await get(syncro, '/tickets?number=32164')).body.tickets);
    expect(row).toMatchObject({ status: 'Customer Reply', customer_reply: true });
  });
});
