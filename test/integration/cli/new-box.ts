import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Town } from '../server/town.ts';
import { Prakat } from './prakat.ts';

/** A box that is no hall yet, an empty folder, and a server whose operator makes codes for it. */
export class NewBox {
  readonly town: Town;
  readonly prakat: Prakat;
  readonly folder: string;

  private constructor(town: Town, prakat: Prakat, folder: string) {
    this.town = town;
    this.prakat = prakat;
    this.folder = folder;
  }

  static async unpacked(): Promise<NewBox> {
    const folder = await mkdtemp(join(tmpdir(), 'prakat-setup-'));
    const [town, prakat] = await Promise.all([Town.found('embedded'), Prakat.built()]);
    await prakat.logOn(town);
    return new NewBox(town, prakat, folder);
  }

  /** `server` is the address that the ticket names. */
  async codeFor(device: string): Promise<{ code: string; ticket: string; server: string }> {
    const made = await this.prakat.run([
      ...['enrol', device, '--village', '43010101'],
      ...['--name', 'หอเสาเล้า', '--json'],
    ]);
    expect(made.code, made.err).toBe(0);
    const { code, ticket } = JSON.parse(made.out);
    return { code, ticket, server: ticket.slice(ticket.indexOf('@') + 1) };
  }

  async close(): Promise<void> {
    await this.town.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
