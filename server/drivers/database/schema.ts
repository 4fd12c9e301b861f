/** Rows as they lie in the database, in types that SQLite and PostgreSQL share. Times are epoch ms; documents JSON. */
export interface Schema {
  migrations: { name: string };
  operators: {
    user: string;
    roles: string;
    areas: string;
    password_hash: string | null;
    broker_hash: string | null;
    code_hash: string | null;
    code_expires_at: number | null;
    code_attempts: number;
  };
  passkeys: {
    id: string;
    user: string;
    public_key: string;
    count: number;
    title: string;
    made_at: number;
    used_at: number | null;
  };
  sessions: { id: string; user: string; password_sha: string; began_at: number; until: number };
  devices: {
    id: string;
    village: string;
    name: string;
    public_key: string;
    password_hash: string;
    broker_hash: string;
    chain: number;
    enrolled_at: number;
    reports_up_to: number;
    reports_hash: string;
    online: number;
    boot: number | null;
    seen_at: number | null;
    state: string | null;
    copied_at: number | null;
  };
  enrolment_codes: {
    secret_hash: string;
    device: string;
    village: string;
    name: string;
    expires_at: number;
    used_by: string | null;
  };
  orders: {
    id: string;
    kind: string;
    issued_at: number;
    expires_at: number;
    published: number;
    document: string;
    /** `village/device` up to which its halls have their rows of `deliveries`; null = all of them. */
    rows_after: string | null;
    /** When it is due again where it was published and not answered. */
    due_at: number | null;
  };
  prepared_ends: {
    order_id: string;
    document: string;
  };
  deliveries: {
    order_id: string;
    device: string;
    state: string;
    refusal: string | null;
    outputs: string | null;
    outcomes: string;
    sends: number;
    next_at: number | null;
    /** Of an ended one: 1 = as it was meant, 0 = otherwise. */
    finished: number | null;
  };
  reports: {
    device: string;
    chain: number;
    n: number;
    hash: string;
    at: string;
    boot: number;
    type: string;
    play: string | null;
    document: string;
  };
  health: { device: string; at: number; document: string };
  media: {
    sha256: string;
    bytes: number;
    ms: number;
    title: string;
    loudness_clufs: number;
    uploaded_by: string;
    uploaded_at: number;
    source_clufs: number | null;
    source_peak_cdb: number | null;
    removed_at: number | null;
  };
  pictures: {
    sha256: string;
    bytes: number;
    width: number;
    height: number;
    frames: number;
    type: string;
    title: string;
    uploaded_by: string;
    uploaded_at: number;
    removed_at: number | null;
  };
  speech: { key: string; sha256: string; voice: string; made_at: number };
  programmes: { area: string; version: number; document: string; source: string | null };
  keys: { version: number; document: string };
  held_orders: {
    id: string;
    state: string;
    document: string;
    asked_by: string;
    why: string | null;
    needs: string;
    sha256: string;
    asked_at: number;
    until: number;
    decided_by: string | null;
    decided_at: number | null;
    reason: string | null;
  };
  audit: { n: number; hash: string; document: string };
  villages: {
    code: string;
    name: string;
    name_en: string | null;
    households: number | null;
    sites: string;
    listed_at: number;
  };
  groups: { id: string; title: string; areas: string; by: string; changed_at: number };
  standings: { device: string; standing: string; since: number; outputs: string | null };
  uploads: {
    sha256: string;
    by: string;
    kind: string;
    title: string;
    areas: string;
    at: number;
    /** 1 = it is. */
    shared: number;
  };
  templates: {
    area: string;
    id: string;
    use: string;
    title: string;
    push: string;
    by: string;
    changed_at: number;
  };
  troubles: {
    id: string;
    village: string;
    part: string;
    text: string;
    by: string;
    at: number;
    closed_by: string | null;
    closed_at: number | null;
    done: string | null;
  };
  drafts: { area: string; based_on: number; source: string; by: string; changed_at: number };
  calendars: { area: string; name: string; spans: string; by: string; changed_at: number };
  held_programmes: { device: string; area: string; version: number; since: number };
  alerts: {
    id: string;
    sender: string;
    identifier: string;
    sent_ms: number;
    hash: string;
    msg_type: string;
    state: string;
    until_ms: number | null;
    /** All that is known of it but its XML. */
    summary: string;
    document: string;
  };
}
