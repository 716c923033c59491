import { z } from 'zod';
import type { SyncroSandbox } from './start-syncro.ts';

const made = z.object({ id: z.number() });

/** Calls every endpoint of the fake once or more, also into its documented errors. */
export const driveEndpoints = async (syncro: SyncroSandbox, key: string): Promise<void> => {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${syncro.url}${path}`, {
      method,
      headers: { authorization: key, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    return text.startsWith('{') ? JSON.parse(text) : null;
  };
  const get = (path: string): Promise<unknown> => call('GET', path);

  for (const path of [
    '/me',
    '/users',
    '/users/1750',
    '/settings',
    '/tickets/settings',
    '/tickets',
    '/tickets?number=32164',
    '/tickets?status=Not%20Closed&mine=true&page=2&user_id=1750',
    '/tickets?query=cloud&customer_id=33401001&contact_id=1&comment_format=richtext',
    '/tickets?since_updated_at=2020-01-01T00:00:00Z&created_after=2020-01-01&resolved_after=2020-01-01',
    '/tickets/108443837',
    '/tickets/108443702',
    '/tickets/1',
    '/tickets/108443837/comments?sort_by=created_at&sort_direction=DESC&per_page=5&page=1&comment_format=original',
    '/ticket_timers?page=1&created_at_gt=2020-01-01&created_at_lt=2100-01-01',
    '/customers?query=acme&sort=firstname%20ASC&include_disabled=true&page=1&id[]=33401004&not_id[]=1',
    '/customers/autocomplete?query=acme',
    '/customers/latest',
    '/customers/33401006',
    '/customers/1',
    '/contacts?customer_id=33401004&page=1',
    '/contacts/7710001',
    '/contacts/1',
    '/contracts?page=1',
    '/schedules?customer_id=33401001&page=1',
    '/products?query=labor&page=1',
    '/products/1190473',
    '/products/1',
    '/invoices?unpaid=true&page=1',
    '/invoices?paid=true&since_updated_at=2020-01-01',
    '/invoices/69987',
    '/invoices/1',
    '/invoices/69987/ticket',
    '/invoices/1/ticket',
    '/line_items?invoice_id=69987',
    '/search?query=32164',
    '/search?query=0',
  ]) {
    await get(path);
  }

  await fetch(`${syncro.url}/me`, { headers: { authorization: 'no such key' } });

  await call('POST', '/tickets', { subject: 'Nobody' });
  const opened = z.object({ ticket: made }).parse(
    await call('POST', '/tickets', {
      customer_id: 33401001,
      subject: 'Drive',
      user_id: 1750,
      priority: '2 Normal',
      problem_type: 'Other',
      tag_list: ['x'],
      comments_attributes: [{ subject: 'Initial Issue', body: 'It broke', hidden: true, do_not_email: true }],
    }),
  );
  const at = `/tickets/${opened.ticket.id}`;
  await call('PUT', at, { status: 'In Progress', due_date: '2030-01-01' });
  await call('PUT', at, { subject: '' });
  await call('POST', `${at}/comment`, { subject: 'Update', body: 'Hello', hidden: false, do_not_email: true });
  await call('POST', `${at}/comment`, {});

  await call('POST', `${at}/add_line_item`, {});
  const line = made.parse(
    await call('POST', `${at}/add_line_item`, {
      name: 'Labor - Remote Business',
      product_id: 1190473,
      description: 'Work',
      quantity: 0.75,
      price_retail: 150,
      taxable: false,
    }),
  );
  await call('PUT', `${at}/update_line_item`, { ticket_line_item_id: line.id, quantity: 1 });
  await call('PUT', `${at}/update_line_item`, { ticket_line_item_id: 1 });
  await call('POST', `${at}/timer_entry`, { notes: 'no start' });
  const timer = made.parse(
    await call('POST', `${at}/timer_entry`, {
      start_at: '2026-01-01T10:00:00Z',
      end_at: '2026-01-01T10:30:00Z',
      notes: 'Work',
    }),
  );
  await call('PUT', `${at}/update_timer_entry`, { timer_entry_id: timer.id, notes: 'More work' });
  await call('PUT', `${at}/update_timer_entry`, { timer_entry_id: 1 });
  await call('PATCH', `/ticket_timers/${timer.id}?billable=true`);
  await call('PATCH', `/ticket_timers/${timer.id}?billable=perhaps`);
  await call('POST', `${at}/charge_timer_entry`, { timer_entry_id: timer.id });
  await call('POST', `${at}/charge_timer_entry`, { timer_entry_id: 1 });
  await call('POST', `${at}/delete_timer_entry`, { timer_entry_id: timer.id });
  await call('POST', `${at}/delete_timer_entry`, { timer_entry_id: 1 });

  await call('POST', '/invoices', {});
  const bill = z
    .object({ invoice: made })
    .parse(
      await call('POST', '/invoices', { ticket_id: opened.ticket.id, customer_id: 33401001, category: 'Standard' }),
    );
  await get(`/invoices?ticket_id=${opened.ticket.id}`);
  await get(`/invoices/${bill.invoice.id}`);
  await get(`/line_items?invoice_id=${bill.invoice.id}`);
  await call('POST', `/invoices/${bill.invoice.id}/convert_to_draft`);
  await call('POST', `/invoices/${bill.invoice.id}/publish`);
  await call('DELETE', `/invoices/${bill.invoice.id}`);
  await call('POST', `${at}/remove_line_item`, { ticket_line_item_id: line.id });
  await call('POST', `${at}/remove_line_item`, { ticket_line_item_id: line.id });
  await call('DELETE', at);
  await call('DELETE', at);

  await call('POST', '/customers', { firstname: 'New', lastname: 'Customer', email: 'it is not an email' });
  await call('POST', '/customers', { firstname: 'New', lastname: 'Customer', phone: '(520) 555-0100' });
  await call('POST', '/contacts', { customer_id: 33401001, name: 'Bad', email: 'xxx' });
  await call('POST', '/contacts', { customer_id: 1, name: 'Nobody' });
  const contact = made.parse(
    await call('POST', '/contacts', { customer_id: 33401001, name: 'Good', email: 'good@customer.example' }),
  );
  await get(`/contacts/${contact.id}`);
};
