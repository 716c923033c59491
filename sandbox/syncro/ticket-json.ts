import { commentJson } from './comment-json.ts';
import { businessThenName, contactJson, customerJson } from './customer-json.ts';
import { lineJson } from './line-json.ts';
import type { Call } from './route.ts';
import type { TicketRow } from './rows.ts';
import { timerJson } from './timer-json.ts';
import { userJson } from './user-json.ts';

const customerName = (call: Call, row: TicketRow): string | null => {
  const customer = call.state.customers.find((one) => one.id === row.customer_id);
  return customer ? businessThenName(customer) : null;
};

/** A row of the list: no nested customer, and only the first comment. */
export const ticketRowJson = (call: Call, row: TicketRow): object => {
  const { state } = call;
  const user = state.users.find((one) => one.id === row.user_id);
  const first = state.comments.find((comment) => comment.ticket_id === row.id);
  return {
    ...row,
    customer_business_then_name: customerName(call, row),
    location_id: null,
    location_name: null,
    ticket_type_name: state.settings.ticket_types.find((type) => type.id === row.ticket_type_id)?.name ?? null,
    pdf_url: null,
    billing_status: null,
    sla_name: null,
    creator_name_or_email: null,
    contact_fullname: state.contacts.find((contact) => contact.id === row.contact_id)?.name ?? null,
    contract_name: null,
    address_id: null,
    parent: false,
    parent_id: null,
    child: false,
    recurring: false,
    total_formatted_billable_time: null,
    sla_breached: false,
    sla_breaching_soon: false,
    contract_id: null,
    sla_id: null,
    customer_tag_list: [],
    resolution_time: null,
    response_time: null,
    customer_icons: [],
    comments: first ? [commentJson(state, first, call.query.get('comment_format'))] : [],
    user: user ? userJson(user) : null,
  };
};

/**
 * The detail has no `contact_id`, `billing_status` or `customer_reply`. With nobody assigned, `user` is the API
 * caller, as the spec's example shows: only `user_id` can be trusted.
 */
export const ticketJson = (call: Call, row: TicketRow): object => {
  const { state } = call;
  const { contact_id: contactId, customer_reply: _, ticket_type_id: typeId, ...shown } = row;
  const customer = state.customers.find((one) => one.id === row.customer_id);
  const contact = state.contacts.find((one) => one.id === contactId);
  const type = state.settings.ticket_types.find((one) => one.id === typeId);
  const comments = state.comments.filter((one) => one.ticket_id === row.id).toReversed();
  const isOdd = ({ id }: { readonly id: number }): boolean => call.behaviour.oddRecords.includes(id);
  return {
    ...shown,
    ...(customer ? {} : { customer_id: call.behaviour.deletedCustomerKeepsId ? row.customer_id : null }),
    customer_business_then_name: customerName(call, row),
    location_id: null,
    pdf_url: null,
    intake_form_html: null,
    signature_name: null,
    signature_date: null,
    asset_ids: [],
    outtake_form_name: null,
    outtake_form_date: null,
    outtake_form_html: null,
    comments: comments
      .slice(0, call.behaviour.detailCommentLimit ?? undefined)
      .map((one) => ({ ...commentJson(state, one, null), ...(isOdd(one) ? { id: null } : {}) })),
    attachments: [],
    ticket_timers: state.timers
      .filter((one) => one.ticket_id === row.id)
      .map((one) => ({
        ...timerJson(call, one),
        ...(isOdd(one) ? { id: null } : {}),
      })),
    line_items: state.lines
      .filter((one) => one.ticket_id === row.id)
      .map((one) => ({ ...lineJson(one), ...(isOdd(one) ? { quantity: null } : {}) })),
    worksheet_results: [],
    assets: [],
    appointments: [],
    ticket_fields: [],
    ticket_answers: [],
    customer: customer ? customerJson(state, customer) : null,
    contact: contact ? contactJson(contact) : null,
    user: userJson(state.users.find((one) => one.id === row.user_id) ?? call.user),
    ticket_type: type
      ? {
          ...type,
          account_id: 1,
          created_at: row.created_at,
          updated_at: row.created_at,
          disabled: false,
          intake_terms: null,
          skip_intake: false,
          outtake_terms: null,
          skip_outtake: false,
          ticket_fields: [],
        }
      : null,
    address: null,
    mentionables: [],
  };
};
