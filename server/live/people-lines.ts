/** Lines of people that end in this server: those of pages, and with the embedded broker those of programs. */
export interface PeopleLines {
  /** Whether anybody listens to events of this kind. */
  isHeard(what: string): boolean;
  /** Who listens to them now, each once. */
  listeners(what: string): string[];
  /** Nothing is kept for a line that is not there. */
  tell(user: string, what: string, payload: Uint8Array): void;
}
