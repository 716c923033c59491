import { notFound, ok } from './reply.ts';
import { byParam, type Call, type Route, route } from './route.ts';
import { userJson } from './user-json.ts';

/** Unwrapped, and it carries the secret `user_token`. */
const me = ({ user, state }: Call) =>
  ok({
    user_token: user.user_token,
    user_email: user.email,
    user_name: user.full_name,
    user_id: user.id,
    admin: user.admin,
    can_use_app: true,
    two_factor_required: false,
    subdomain: state.settings.subdomain,
    default_location: null,
    enable_multi_locations: false,
    locations_allowed: [],
    permissions: user.permissions,
  });

/** Arrays, not objects. */
const users = ({ state }: Call) => ok({ users: state.users.map((user) => [user.id, user.full_name]) });

const user = (call: Call) => {
  const row = byParam(call.state.users, call);
  return row ? ok({ user: userJson(row) }) : notFound;
};

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const nineToFive = days.map((day, index) => ({
  day,
  start: '09:00',
  end: '17:00',
  closed: index === 0 || index === 6,
}));

const settings = ({ state: { settings: account } }: Call) =>
  ok({
    customers: { required_fields: null, customer_fields: [], customer_field_answers: [] },
    assets: { asset_types: [], asset_type_fields: [], asset_type_field_answers: [] },
    locale: {
      iso_code: 'en',
      currency_symbol: account.currency_symbol ?? '$',
      date_format: 'mm-dd-yy',
      time_format: 'hh:mm tt',
      time_zone: account.time_zone,
      time_offset: account.time_offset,
    },
    ticket: {
      ticket_types: account.ticket_types,
      ticket_type_fields: [],
      ticket_type_field_answers: [],
      problem_types: account.problem_types,
      priorities: account.priorities,
    },
    business_hours_enabled: account.business_hours_enabled ?? true,
    business_hours: account.business_hours ?? nineToFive,
    default_holiday_calendar: 'USA',
    msp_addon: null,
  });

const ticketSettings = ({ state: { settings: account, users: staff } }: Call) =>
  ok({
    ticket_status_list: account.ticket_status_list,
    default_labor_product_id: account.default_labor_product_id,
    ticket_timer_charge_by_default: null,
    saved_searches: [],
    ticket_types: account.ticket_types,
    ticket_type_fields: [],
    ticket_type_field_answers: [],
    appointment_types: [],
    users: staff.map((row) => ({ id: row.id, name: row.full_name })),
    dashboard_settings: null,
    worksheet_templates: [],
    require_ticket_type: null,
    require_intake_form_with_ticket: null,
    require_outtake_form_with_ticket: null,
    ticket_workflow_default_id: null,
  });

export const accountRoutes: readonly Route[] = [
  route('GET', '/me', null, me),
  route('GET', '/users', null, users),
  route('GET', '/users/{id}', null, user),
  route('GET', '/settings', null, settings),
  route('GET', '/tickets/settings', ['ticket', 'read'], ticketSettings),
];
