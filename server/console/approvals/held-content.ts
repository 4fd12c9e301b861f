import type { AnswerTo } from '../../../firmware-protocol/mqtt/requests.ts';

export type Held = AnswerTo<'approvals'>['held'][number];

/** Of an order that is held: what a person reads and hears. */
export interface HeldContent {
  title: string;
  texts: string[];
  /** SHA-256 of its sounds, in order. */
  sounds: string[];
  to: string[];
  outputs: string[];
  startAt: string | undefined;
}

/** The document is the order's own, as it would be signed; what is not of its form is left out, never guessed. */
export function contentOf({ document }: Held): HeldContent {
  const announcement = record(document.announcement);
  const pages = list(record(announcement.panel).pages).map(record);
  const parts = list(record(announcement.tower).parts).map(record);
  return {
    title: text(announcement.title),
    texts: pages.map((page) => [text(page.text), text(page.hotline)].filter(Boolean).join(' · ')),
    sounds: parts.map((part) => text(part.sha256)).filter(Boolean),
    to: list(document.to).map(text),
    outputs: list(document.outputs).map(text),
    startAt: text(document.start_at) || undefined,
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
