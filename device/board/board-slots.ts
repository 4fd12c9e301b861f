/** Which pages the board keeps, so that one that comes again is recalled instead of sent (SPEC 7, slots). */
export class BoardSlots {
  /** CRC by slot, the one used longest ago first. */
  readonly #kept = new Map<number, number>();

  /** The slot of a page that should still be there. */
  find(crc: number): number | undefined {
    for (const [slot, kept] of this.#kept) {
      if (kept !== crc) continue;
      this.#touch(slot, crc);
      return slot;
    }
    return undefined;
  }

  /** The slot for a page that was just shown: a free one, else that of the page used longest ago. */
  take(crc: number, slots: number): number | undefined {
    if (slots === 0) return undefined;
    const free = Array.from({ length: slots }, (_unused, slot) => slot).find((slot) => !this.#kept.has(slot));
    const slot = free ?? this.#kept.keys().next().value;
    if (slot !== undefined) this.#touch(slot, crc);
    return slot;
  }

  /** The board did not have it after all. */
  forgetAll(): void {
    this.#kept.clear();
  }

  #touch(slot: number, crc: number): void {
    this.#kept.delete(slot);
    this.#kept.set(slot, crc);
  }
}
