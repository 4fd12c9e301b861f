/** What `/metrics` tells (Prometheus text format 0.0.4): one row a name; a dashboard may ask for these and no others. */
export const METRICS = {
  prakat_halls: { type: 'gauge', labels: ['presence'], help: 'enrolled halls, by whether they are there' },
  prakat_deliveries_open: {
    type: 'gauge',
    labels: ['state'],
    help: 'orders to halls that no report has answered yet',
  },
  prakat_mail_held: { type: 'gauge', labels: ['inbox'], help: 'messages that wait or are being handled' },
  prakat_mail_held_bytes: { type: 'gauge', labels: ['inbox'], help: 'their size' },
  prakat_mail_dropped_total: {
    type: 'counter',
    labels: ['inbox'],
    help: 'messages for which there was no room; halls send theirs again',
  },
  prakat_stored_total: {
    type: 'counter',
    labels: ['what'],
    help: 'what was stored: batches of reports, measurements',
  },
  prakat_commits_total: { type: 'counter', labels: ['what'], help: 'in so many commits' },
  prakat_dispatcher: { type: 'gauge', labels: [], help: '1 = this server is the one that sends orders' },
  process_resident_memory_bytes: { type: 'gauge', labels: [], help: 'resident memory' },
  process_cpu_seconds_total: { type: 'counter', labels: [], help: 'user and system time' },
  process_start_time_seconds: { type: 'gauge', labels: [], help: 'when it started, since 1970' },
  nodejs_eventloop_lag_p99_seconds: {
    type: 'gauge',
    labels: [],
    help: 'how late the event loop was since the last scrape, worst of a hundred',
  },
} as const satisfies Record<string, { type: 'gauge' | 'counter'; labels: readonly string[]; help: string }>;

export type MetricName = keyof typeof METRICS;

/** A figure, and what it is of. */
export interface Reading {
  name: MetricName;
  labels?: Record<string, string>;
  value: number;
}
