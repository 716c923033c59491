import type { ContactRow, CustomerRow } from './rows.ts';
import type { SyncroState } from './state.ts';

export const fullName = (row: CustomerRow): string => `${row.firstname} ${row.lastname}`.trim();

export const businessThenName = (row: CustomerRow): string => row.business_name ?? fullName(row);

export const contactJson = (row: ContactRow): object => ({
  ...row,
  latitude: null,
  longitude: null,
  account_id: 1,
  vendor_id: null,
  properties: {},
  opt_out: false,
  extension: null,
});

/** A row of `GET /customers`, also nested in tickets and invoices. */
export const customerJson = (state: SyncroState, row: CustomerRow): object => {
  const { prepay_hours: _, portal_key: key, ...shown } = row;
  return {
    ...shown,
    fullname: fullName(row),
    pdf_url: null,
    address_2: null,
    latitude: null,
    longitude: null,
    get_sms: false,
    opt_out: false,
    location_name: null,
    location_id: null,
    properties: {},
    online_profile_url: `https://${state.settings.subdomain}.syncromsp.com/my_profile/v2/index?portal_key=${key}`,
    tax_rate_id: null,
    notification_email: null,
    invoice_cc_emails: null,
    invoice_term_id: null,
    referred_by: null,
    ref_customer_id: null,
    business_and_full_name: row.business_name ? `${row.business_name} - ${fullName(row)}` : fullName(row),
    business_then_name: businessThenName(row),
    contacts: state.contacts.filter((contact) => contact.customer_id === row.id).map(contactJson),
  };
};
