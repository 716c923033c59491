import type { Generated } from 'kysely';

/** Columns are TEXT and INTEGER only, times are epoch milliseconds, structures are JSON text: one schema for every engine. */
export type Database = {
  runs: {
    id: string;
    form_id: string;
    ticket_id: number | null;
    timer_id: string | null;
    kind: string;
    technician: string;
    state: string;
    wake_at: number;
    fence: number;
    lease_owner: string | null;
    lease_until: number | null;
    abandoned_until: number | null;
    last_owner: string | null;
    previous_owner: string | null;
    decision: string | null;
    body: string;
    version: number;
    shown_version: number;
    show_fence: number;
    showing_until: number;
    notice_channel: string | null;
    notice_ts: string | null;
    created_at: number;
    finished_at: number | null;
  };
  forms: { id: string; technician: string; body: string; created_at: number };
  ticket_numbers: {
    number: number;
    ticket_id: number;
    subject: string;
    customer_id: number;
    customer_name: string;
  };
  timers: {
    id: string;
    technician: string;
    ticket_id: number;
    ticket_number: number;
    subject: string;
    customer_name: string;
    started_at: number;
    stopped_at: number | null;
    settled_at: number | null;
    discarded_at: number | null;
  };
  customers: {
    id: number;
    body: string;
    words: string;
    name: string;
    phone: string;
    name_key: string;
    person_key: string;
    seen_at: number;
    used_at: number | null;
  };
  refreshes: { name: string; at: number };
  digests: {
    channel: string;
    at: string;
    timezone: string;
    days: string;
    created_by: string;
    created_at: number;
  };
  digest_posts: {
    job: string;
    slot: number;
    channel: string;
    state: string;
    owner: string | null;
    lease_until: number | null;
    ts: string | null;
    told: string | null;
    reason: string | null;
  };
  settled_tickets: { ticket_id: number; updated_at: number };
  audit: {
    seq: number;
    at: number;
    slack_user: string;
    technician: string;
    syncro_user_id: number;
    syncro_user: string;
    what: string;
    outcome: string;
    ticket_number: number | null;
    record_id: number | null;
    ref: string;
    run_id: string;
    n: number;
    previous: string;
    hash: string;
  };
  connected_keys: {
    technician: string;
    team: string;
    sealed: string;
    key_id: string;
    syncro_user_id: number;
    connected_at: number;
    verified_at: number;
  };
  requests: { id: Generated<number>; sent_at: number };
  pauses: { name: string; until_at: number };
};
