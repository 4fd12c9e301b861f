/** What a warning says to a person: what is so, why it usually is, what to do now. */
export interface WarningWords {
  says: string;
  cause: string;
  remedy: string;
}

export interface WarningRow {
  /** For the telephone: 1xx link and trust, 2xx the box, 3xx media, 4xx sound, 5xx sign, 6xx inputs, 7xx laws, 8xx updates. Never reused. */
  number: number;
  en: WarningWords;
  th: WarningWords;
}
