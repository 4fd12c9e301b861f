/** What a code says to the people who read it; `{name}` is filled from the error's context. */
export interface ErrorText {
  /** HTTP status; over MQTT the code says it. */
  status: number;
  en: string;
  th: string;
}
