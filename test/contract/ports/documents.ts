import type { KeySet, ScopedKey } from '../../../firmware-protocol/content/key-set.ts';
import { Programme } from '../../../firmware-protocol/content/programme.ts';
import {
  newKeyPair,
  publicKeyOf,
  type SigningKey,
  signatureOf,
  signed,
  signingKey,
} from '../../../firmware-protocol/content/signature.ts';

/** A server in the eyes of a device: its root, its working key, and the documents that it signs. */
export class DocumentMaker {
  readonly root: SigningKey = signingKey('root', newKeyPair().seed);
  readonly server: SigningKey = signingKey('server', newKeyPair().seed);

  keys(version: number, change: Partial<KeySet> = {}): { raw: string; set: KeySet } {
    const unsigned = {
      format: 1 as const,
      version,
      issued_at: '2026-01-01T00:00:00+07:00',
      threshold: 1,
      roots: [{ id: 'root', public: publicKeyOf(this.root) }],
      keys: [this.scoped(this.server)],
      ...change,
    };
    const set = { ...unsigned, signatures: [signatureOf(unsigned, this.root)] };
    return { raw: JSON.stringify(set), set: set as KeySet };
  }

  scoped(key: SigningKey): ScopedKey {
    return {
      id: key.id,
      public: publicKeyOf(key),
      areas: ['th'],
      uses: ['announce', 'programme', 'receipt', 'time'],
      max_band: 60,
      not_before: '2026-01-01T00:00:00+07:00',
      not_after: '2036-01-01T00:00:00+07:00',
    };
  }

  programme(area: string, version: number, text = 'เชิญฟังข่าวประจำวัน'): { raw: string; programme: Programme } {
    const unsigned = {
      format: 1 as const,
      area,
      version,
      by: 'นายกเทศมนตรี',
      issued_at: '2026-11-13T18:00:00+07:00',
      valid_until: '2026-12-13T18:00:00+07:00',
      entries: [
        {
          id: 'news',
          starts: '2026-11-14T06:30:00',
          rule: 'FREQ=DAILY',
          band: 40,
          announcement: { title: 'ข่าวเช้า', panel: { pages: [{ text }] } },
        },
      ],
    };
    const raw = JSON.stringify(signed(unsigned, this.server));
    return { raw, programme: Programme.parse(JSON.parse(raw)) };
  }
}
