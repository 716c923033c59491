import { afterEach, describe, expect, test } from '@jest/globals';
import type { SyncroSandbox } from '../../../sandbox/syncro/start-syncro.ts';
import { ask, get, inside, jerrys, leeAnns, post, rows, start, stopAll, ticketId } from './ask.ts';

afterEach(stopAll);

const numbers = async (syncro: SyncroSandbox, query: string): Promise<unknown[]> =>
  rows((await get(syncro, `/tickets?${query}`)).body.tickets).map((ticket) => ticket.number);

describe('the ticket list', () => {
  test('number finds exactly one ticket, also a closed one', async () => {
    const syncro = await start();
    expect(await numbers(syncro, 'number=32164')).toEqual([32164]);
    expect(await numbers(syncro, 'number=3216')).toEqual([]);
    expect(await numbers(syncro, 'number=32160')).toEqual([32160]);
    syncro.behaviour.numberHidesClosed = true;
    expect(await numbers(syncro, 'number=32160')).toEqual([]);
  });

  test('a row has no customer object, its name instead, and only the first comment', async () => {
    const { body } = await get(await start(), '/tickets?number=32164');
    const [row] = rows(body.tickets);
    expect(row).toMatchObject({ id: jerrys, number: 32164, customer_business_then_name: 'Jerry Burger' });
    expect(row).not.toHaveProperty('customer');
    expect(rows(row?.comments).map((comment) => comment.subject)).toEqual(['Initial Issue']);
  });

  test('query looks at subject, customer, number and comments', async () => {
    const syncro = await start();
    expect(await numbers(syncro, 'query=own%20cloud')).toEqual([32164]);
    expect(await numbers(syncro, 'query=brokerage')).toEqual([32162]);
    expect(await numbers(syncro, 'query=32163')).toEqual([32163]);
    expect(await numbers(syncro, 'query=outlook')).toEqual([32163]);
  });

  test('status is exact, and Not Closed leaves out what is resolved', async () => {
    const syncro = await start();
    expect(await numbers(syncro, 'status=Resolved')).toEqual([32160, 32158]);
    const open = await numbers(syncro, 'status=Not%20Closed');
    expect(open).not.toContain(32160);
    expect(open).toContain(32162);
    syncro.behaviour.notClosedHidesInvoiced = true;
    expect(await numbers(syncro, 'status=Not%20Closed')).not.toContain(32162);
    expect(await numbers(syncro, '')).toContain(32160);
  });

  test('it filters by customer, contact, technician and mine', async () => {
    const syncro = await start();
    expect(await numbers(syncro, 'customer_id=33401001')).toEqual([32164, 32159, 32157]);
    expect(await numbers(syncro, 'contact_id=7710001')).toEqual([32163]);
    const winters = await numbers(syncro, 'user_id=1737');
    expect(winters).toEqual([32162, 32161, 32156, 32154, 32151, 32149]);
    const mine = rows((await get(syncro, '/tickets?mine=true', 'sandbox-winter')).body.tickets);
    expect(mine.map((ticket) => ticket.number)).toEqual(winters);
  });

  test('it filters by creation, change and resolution', async () => {
    const syncro = await start();
    expect(await numbers(syncro, 'created_after=2026-11-23')).toEqual([32166, 32155]);
    expect(await numbers(syncro, 'resolved_after=2026-11-14')).toEqual([32160]);
    await ask(syncro, 'PUT', `/tickets/${ticketId(syncro, 32101)}`, { priority: '1 High' });
    expect(await numbers(syncro, 'since_updated_at=2026-11-23T21:59:59Z')).toEqual([32101]);
  });

  test('a page holds 50, a page past the end is empty, and unknown parameters are ignored', async () => {
    const syncro = await start({ data: 'full' });
    const first = await get(syncro, '/tickets?per_page=5&sort=subject&q=nothing');
    expect(rows(first.body.tickets)).toHaveLength(50);
    expect(first.body.meta).toEqual({ total_pages: 3, page: 1 });
    expect(await numbers(syncro, 'page=3')).toHaveLength(20);
    expect(await numbers(syncro, 'page=4')).toEqual([]);
    syncro.behaviour.perPageEverywhere = true;
    expect(await numbers(syncro, 'per_page=5')).toHaveLength(5);
  });
});

describe('one ticket', () => {
  test('is found by id, never by number, and an id may be the number of another ticket', async () => {
    const syncro = await start();
    expect((await get(syncro, '/tickets/32163')).status).toBe(404);
    expect(inside((await get(syncro, '/tickets/32164')).body.ticket).number).toBe(32101);
    expect(inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket).number).toBe(32164);
  });

  test('carries customer, contact, comments and lines, but no contact_id, billing_status or customer_reply', async () => {
    const ticket = inside((await get(await start(), `/tickets/${leeAnns}`)).body.ticket);
    expect(ticket).toMatchObject({
      customer: { email: 'leeann@customer.example' },
      contact: { name: 'Jim Parkinson' },
    });
    expect(rows(ticket.comments).map((comment) => comment.subject)).toEqual([
      'Customer Reply',
      'Update',
      'Initial Issue',
    ]);
    for (const name of ['contact_id', 'billing_status', 'customer_reply']) expect(ticket).not.toHaveProperty(name);
  });

  test('shows the caller as user when nobody is assigned: only user_id can be trusted', async () => {
    const syncro = await start();
    const ticket = inside((await get(syncro, `/tickets/${ticketId(syncro, 32150)}`)).body.ticket);
    expect(ticket.user_id).toBeNull();
    expect(inside(ticket.user).id).toBe(1750);
  });

  test('keeps a bare due date as the beginning of that day in the account’s zone', async () => {
    const syncro = await start();
    await ask(syncro, 'PUT', `/tickets/${jerrys}`, { due_date: '2026-12-01' });
    const ticket = inside((await get(syncro, `/tickets/${jerrys}`)).body.ticket);
    expect(ticket.due_date).toBe('2026-12-01T07:00:00.000Z');
  });

  test('may hold back comments', async () => {
    const syncro = await start({ behaviour: { detailCommentLimit: 10 } });
    const ticket = inside((await get(syncro, `/tickets/${ticketId(syncro, 32120)}`)).body.ticket);
    expect(rows(ticket.comments)).toHaveLength(10);
    expect(rows(ticket.line_items)).toHaveLength(100);
  });

  test('an absent one is a 404 without a body, except on DELETE', async () => {
    const syncro = await start();
    const read = await get(syncro, '/tickets/1');
    expect([read.status, read.text]).toEqual([404, '']);
    const deleted = await ask(syncro, 'DELETE', '/tickets/1');
    expect([deleted.status, deleted.body]).toEqual([404, { message: 'Not found' }]);
  });
});

describe('writing a ticket', () => {
  test('POST answers 200, counts on, and leaves it unassigned without user_id', async () => {
    const syncro = await start();
    const answer = await post(syncro, '/tickets', {
      customer_id: 33401001,
      subject: 'New one',
      description: 'lost',
      line_items: [{ name: 'lost' }],
      comments_attributes: [{ subject: 'Initial Issue', body: 'It broke', do_not_email: true }],
    });
    expect(answer.status).toBe(200);
    const ticket = inside(answer.body.ticket);
    expect(ticket).toMatchObject({ number: 32167, status: 'New', user_id: null, line_items: [] });
    expect(rows(ticket.comments).map((comment) => comment.body)).toEqual(['It broke']);
    expect(answer.text).not.toContain('lost');
  });

  test('a missing customer and a missing subject are refused in two shapes', async () => {
    const syncro = await start();
    const nobody = await post(syncro, '/tickets', { subject: 'x' });
    expect([nobody.status, nobody.body]).toEqual([422, { error: 'Customer required field' }]);
    const blank = await ask(syncro, 'PUT', `/tickets/${jerrys}`, { subject: ' ' });
    expect([blank.status, blank.body]).toEqual([422, { success: false, message: ["Subject can't be blank"] }]);
    expect(syncro.state.tickets).toHaveLength(20);
  });

  test('any status and any priority is stored as sent', async () => {
    const syncro = await start();
    const answer = await ask(syncro, 'PUT', `/tickets/${jerrys}`, { status: 'Not A Real Status', priority: 'Huge' });
    expect(answer.body.ticket).toMatchObject({ status: 'Not A Real Status', priority: 'Huge' });
  });

  test('a status that begins with Resolved sets resolved_at, and leaving it clears it', async () => {
    const syncro = await start();
    const put = async (status: string): Promise<unknown> =>
      inside((await ask(syncro, 'PUT', `/tickets/${jerrys}`, { status })).body.ticket).resolved_at;
    expect(await put('Resolved by phone')).toBe('2026-11-23T22:00:00.000Z');
    expect(await put('In Progress')).toBeNull();
  });

  test('user_id null unassigns, and a field that is not sent stays', async () => {
    const syncro = await start();
    const answer = await ask(syncro, 'PUT', `/tickets/${jerrys}`, { user_id: null });
    expect(answer.body.ticket).toMatchObject({ user_id: null, subject: 'Own cloud thing again', priority: '2 Normal' });
  });

  test('DELETE removes it', async () => {
    const syncro = await start();
    const answer = await ask(syncro, 'DELETE', `/tickets/${jerrys}`);
    expect([answer.status, answer.body]).toEqual([200, { message: 'Ticket was successfully deleted. ' }]);
    expect((await get(syncro, `/tickets/${jerrys}`)).status).toBe(404);
  });
});
