/** What a reason says and does. */
export interface ReasonText {
  /** What it makes of the alert: `note` changes nothing. The strongest of an alert's reasons decides. */
  effect: 'refuse' | 'record' | 'note';
  en: string;
  th: string;
  /** Where it is written; CAP is the OASIS standard of version 1.2. */
  clause: string;
}
