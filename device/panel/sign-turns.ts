/** How long one warning stands while another waits to be read, at least: who walks past reads one of them whole. */
const SIGN_TURN_MS = 20_000;

/**
 * Warnings stand on a sign for hours, and two may live at one time: both are to be read. Who is painted and waits is known here, so that the
 * one that stands can make way after its round of pages, or at the end of a page where a round takes long.
 */
export class SignTurns {
  readonly #waiting = new Set<object>();

  wait(warning: object): void {
    this.#waiting.add(warning);
  }

  leave(warning: object): void {
    this.#waiting.delete(warning);
  }

  /** Whether the one that stands shall make way, at the end of a page. */
  areDue({ shownMs, roundIsOver }: { shownMs: number; roundIsOver: boolean }): boolean {
    return this.#waiting.size > 0 && (roundIsOver || shownMs >= SIGN_TURN_MS);
  }
}
