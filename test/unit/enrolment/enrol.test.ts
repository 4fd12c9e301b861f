import { expect, test } from 'vitest';
import { type EnrolmentDoor, enrol, errandOf } from '../../../device/enrolment/enrol.ts';
import { isDeviceError } from '../../../device/errors.ts';
import { type BegunEnrolment, publicIdentity } from '../../../device/identity.ts';
import { newKeyPair, publicKeyOf, signingKey } from '../../../firmware-protocol/content/signature.ts';
import { type EnrolmentRequest, writeCode } from '../../../firmware-protocol/http/enrolment.ts';
import { DocumentMaker } from '../../contract/ports/documents.ts';

const documents = new DocumentMaker();
const SECRET = 'ABCDE12345';
const { seed } = newKeyPair();
const { roots } = documents.keys(1).set;
const code = writeCode(SECRET, roots);

function begun(typed = code, device?: string): BegunEnrolment {
  const errand = errandOf({ code: typed, server: 'https://server.example', device });
  return { format: 1, seed, password: 'b'.repeat(43), ...errand };
}

/** A server that keeps what it is asked, and shows these roots to anybody. */
function serverThat(
  answer: unknown,
  shown: unknown = { roots },
): EnrolmentDoor & { asked: EnrolmentRequest[] } {
  const asked: EnrolmentRequest[] = [];
  return {
    asked,
    roots: async () => shown,
    enrol: async (request) => {
      asked.push(request);
      return answer;
    },
  };
}

function answerWith(keys: object = documents.keys(4).set): Record<string, unknown> {
  return {
    device: 'hall-1',
    village: '43010102',
    password: 'a-password-of-the-server',
    broker: 'mqtts://broker.example:8883',
    media: 'https://server.example/media',
    keys,
  };
}

test('a code makes a device: its own key and password, the server’s word, the pinned keys', async () => {
  const server = serverThat(answerWith());
  const identity = await enrol(begun(), server);
  expect(identity).toMatchObject({ device: 'hall-1', village: '43010102', keys: { version: 4 } });
  expect(server.asked).toEqual([
    { secret: SECRET, public: publicKeyOf(signingKey('hall-1', identity.seed)), password: 'b'.repeat(43) },
  ]);
  expect(JSON.stringify(server.asked)).not.toContain(identity.seed);
});

test('a code may be typed as people type', async () => {
  const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l').replaceAll('0', 'o')} `;
  expect(await enrol(begun(typed), serverThat(answerWith()))).toMatchObject({ device: 'hall-1' });
});

test('a server of before the question about its roots enrols all the same', async () => {
  const old = { ...serverThat(answerWith()), roots: async () => undefined };
  expect(await enrol(begun(), old)).toMatchObject({ device: 'hall-1' });
});

const forged = new DocumentMaker();
const unsigned = { ...documents.keys(4).set, signatures: forged.keys(4).set.signatures };
const slip = code.slice(0, -1) + (code.endsWith('7') ? '8' : '7');
test.each([
  ['a slip in the last ten letters', slip, { roots }],
  ['a server in the middle that shows its own roots', code, { roots: forged.keys(1).set.roots }],
  ['something that shows no roots', code, { status: 'ok' }],
])('%s: the secret is not said, so nothing is replaced', async (_name, typed, shown) => {
  const server = serverThat(answerWith(), shown);
  await expect(enrol(begun(typed), server)).rejects.toMatchObject({ code: 'enrolment-failed' });
  expect(server.asked).toEqual([]);
});

test.each([
  ['a server in the middle with its own keys', answerWith(forged.keys(4).set)],
  ['the right roots, signed by others', answerWith(unsigned)],
  ['a key set that was altered after signing', answerWith({ ...documents.keys(4).set, version: 9 })],
  ['an answer without keys', { ...answerWith(), keys: undefined }],
  ['a broker that is no broker', { ...answerWith(), broker: 'http://x' }],
  ['no object', 'welcome'],
])('%s is refused', async (_name, answer) => {
  await expect(enrol(begun(), serverThat(answer))).rejects.toSatisfy((error) =>
    isDeviceError(error, 'enrolment-failed'),
  );
});

test.each([
  ['too short', 'ABCDE', 'https://server.example'],
  ['with a wrong letter', `U${code.slice(1)}`, 'https://server.example'],
  ['for no address', code, 'ftp://server.example'],
])('a code %s is no errand', (_name, typed, server) => {
  expect(() => errandOf({ code: typed, server })).toThrow('enrolment-failed');
});

test('what may be logged holds no secret', async () => {
  const identity = await enrol(begun(), serverThat(answerWith()));
  const text = JSON.stringify(publicIdentity(identity));
  expect(text).not.toContain(identity.password);
  expect(text).not.toContain(identity.seed);
});
