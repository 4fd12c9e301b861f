import type { AreaCode, DeviceId } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { KeySet, RootKey } from '../../firmware-protocol/content/key-set.ts';
import { FIRST_PREV } from '../../firmware-protocol/content/report.ts';
import type { PublicKey } from '../../firmware-protocol/content/signature.ts';
import {
  type EnrolmentAnswer,
  type EnrolmentRequest,
  writeCode,
} from '../../firmware-protocol/http/enrolment.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { mayReach } from '../areas/reach.ts';
import { ServerError } from '../errors.ts';
import type { Attempts } from '../operators/attempts.ts';
import { MOSQUITTO_ROUNDS, MOSQUITTO_SALT_BYTES, mosquittoHash } from '../operators/mosquitto-hash.ts';
import { networkOf } from '../operators/network-of.ts';
import { fastHash, newCode } from '../operators/one-time-code.ts';
import type { Clock, Enrolment, Random } from '../ports.ts';
import type { CodeRecord, Database, DeviceRecord, Tables } from '../tables.ts';

/** Printed at the office, typed at the hall: a technician's tour takes days. */
export const ENROLMENT_CODE_LIFE_DAYS = 14;
const DAY_MS = 86_400_000;
const PASSWORD_BYTES = 32;

interface Needs {
  db: Database;
  clock: Clock;
  random: Random;
  attempts: Attempts;
  /** The set that a new box is given. */
  keys: () => KeySet;
  /** Where an enrolled device connects and fetches. */
  addresses: () => { broker: string; media: string };
  onCredentials: (device: DeviceId) => Promise<void>;
}

/** Makes boxes known: a one-time code becomes a broker password, and the box's own key is written down. */
export class EnrolmentDesk implements Enrolment {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  async createCode(
    { device, village, name }: { device: DeviceId; village: AreaCode; name: string },
    areas: readonly AreaCode[],
  ): Promise<AnswerTo<'enrol'>> {
    const { db, clock, random, keys } = this.#needs;
    const secret = newCode(random);
    const expiresAt = clock.wall() + ENROLMENT_CODE_LIFE_DAYS * DAY_MS;
    await db.transaction(async (tables) => {
      await tables.codes.dropExpired(clock.wall());
      const places = [
        (await tables.devices.get(device))?.village,
        await tables.codes.openVillageOf(device),
      ].filter((place) => place !== undefined);
      const isAnothers = places.some((place) => !mayReach(areas, place));
      if (isAnothers || (await tables.operators.get(device)) !== undefined)
        throw new ServerError('name-taken', { context: { name: device } });
      await tables.codes.dropFor(device);
      await tables.codes.put({
        secretHash: fastHash(secret),
        device,
        village,
        name,
        expiresAt,
        usedBy: null,
      });
    });
    return { device, code: writeCode(secret, keys().roots), expires_at: instantOf(expiresAt) };
  }

  roots(): RootKey[] {
    return this.#needs.keys().roots;
  }

  async enrol(asked: EnrolmentRequest, from: string): Promise<EnrolmentAnswer> {
    const { secret, public: publicKey, device: wanted } = asked;
    const { db, attempts, random, keys, addresses, onCredentials } = this.#needs;
    const key = `enrol ${networkOf(from)}`;
    const seconds = attempts.waitSeconds(key);
    if (seconds > 0) throw new ServerError('too-many-attempts', { context: { seconds } });
    const password = asked.password ?? Buffer.from(random.bytes(PASSWORD_BYTES)).toString('base64url');
    const salt = random.bytes(MOSQUITTO_SALT_BYTES);
    const brokerHash = await mosquittoHash(password, salt, MOSQUITTO_ROUNDS.device);

    const record = await db
      .whileHallsStandStill(async (tables) => {
        const code = await this.#usableCode(tables, secret, publicKey);
        // Before anything is replaced: the box of that other hall would fall silent.
        if (wanted !== undefined && wanted !== code.device)
          throw new ServerError('code-of-another', { context: { device: code.device } });
        const before = await tables.devices.get(code.device);
        const device = await this.#enrolled(tables, code, publicKey);
        await tables.devices.put({ ...device, passwordHash: fastHash(password), brokerHash });
        await tables.codes.put({ ...code, usedBy: publicKey });
        return { device, reportsUpTo: before?.reportsUpTo ?? 0 };
      })
      .catch((error: unknown) => {
        attempts.failed(key);
        throw error;
      });
    attempts.succeeded(key);
    const { device, reportsUpTo } = record;
    await onCredentials(device.id);
    return {
      ...{ device: device.id, village: device.village, password, ...addresses(), keys: keys() },
      ...(reportsUpTo > 0 && { reports_up_to: reportsUpTo }),
    };
  }

  async #usableCode(tables: Tables, secret: string, publicKey: PublicKey): Promise<CodeRecord> {
    const code = await tables.codes.get(fastHash(secret));
    if (code === undefined) throw new ServerError('code-wrong');
    if (code.expiresAt <= this.#needs.clock.wall()) throw new ServerError('code-expired');
    // The answer to the first try may have been lost: the same box asks again.
    if (code.usedBy !== null && code.usedBy !== publicKey) throw new ServerError('code-used');
    // An account may have taken the name since the code was printed.
    if ((await tables.operators.get(code.device)) !== undefined)
      throw new ServerError('name-taken', { context: { name: code.device } });
    return code;
  }

  /** The record of the box; a successor with another key begins a new chain of reports, the old ones stay as they are. */
  async #enrolled(tables: Tables, code: CodeRecord, publicKey: PublicKey): Promise<DeviceRecord> {
    const before = await tables.devices.get(code.device);
    // The one that has the code has the name; its copy is a stranger from now on.
    const place = { village: code.village, name: code.name, copiedAt: null };
    if (before?.publicKey === publicKey) return { ...before, ...place };
    return {
      id: code.device,
      ...place,
      publicKey,
      passwordHash: '',
      brokerHash: '',
      chain: (before?.chain ?? 0) + 1,
      enrolledAt: this.#needs.clock.wall(),
      reportsUpTo: 0,
      reportsHash: FIRST_PREV,
      presence: null,
      seenAt: null,
      state: null,
    };
  }
}
