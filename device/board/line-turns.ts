/** Who may speak on a line that several boards share (SPEC 5): one session at a time. */
export interface LineTurns {
  /** Calls `granted` when the line is this session's. Asked again while it waits, an urgent ask lifts it. */
  ask(urgent: boolean, granted: () => void): void;
  /** Gives the line on, or takes an ask back. `answered`: whether the board spoke in the turn. */
  end(answered: boolean): void;
}
