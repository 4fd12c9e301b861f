import { expect, test } from 'vitest';
import { enrol } from '../../../device/enrolment/enrol.ts';
import { isDeviceError } from '../../../device/errors.ts';
import { publicIdentity } from '../../../device/identity.ts';
import { newKeyPair, publicKeyOf, signingKey } from '../../../firmware-protocol/content/signature.ts';
import { type EnrolmentRequest, writeCode } from '../../../firmware-protocol/http/enrolment.ts';
import { DocumentMaker } from '../../contract/ports/documents.ts';

const documents = new DocumentMaker();
const SECRET = 'ABCDE12345';
const { seed } = newKeyPair();
const code = writeCode(SECRET, documents.keys(1).set.roots);

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

test('a code makes a device: its own key, the server’s credential, the pinned keys', async () => {
  const asked: EnrolmentRequest[] = [];
  const exchange = async (request: EnrolmentRequest) => {
    asked.push(request);
    return answerWith();
  };
  const identity = await enrol(code, exchange, seed);
  expect(identity).toMatchObject({ device: 'hall-1', village: '43010102', keys: { version: 4 } });
  expect(asked).toEqual([{ secret: SECRET, public: publicKeyOf(signingKey('hall-1', identity.seed)) }]);
  expect(JSON.stringify(asked)).not.toContain(identity.seed);
});

test('a code may be typed as people type', async () => {
  const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l').replaceAll('0', 'o')} `;
  expect(await enrol(typed, async () => answerWith(), seed)).toMatchObject({ device: 'hall-1' });
});

const forged = new DocumentMaker();
const unsigned = { ...documents.keys(4).set, signatures: forged.keys(4).set.signatures };
test.each([
  ['a code that is too short', 'ABCDE', answerWith()],
  ['a code with a wrong letter', `U${code.slice(1)}`, answerWith()],
  ['a server in the middle with its own keys', code, answerWith(forged.keys(4).set)],
  ['the right roots, signed by others', code, answerWith(unsigned)],
  ['a key set that was altered after signing', code, answerWith({ ...documents.keys(4).set, version: 9 })],
  ['an answer without keys', code, { ...answerWith(), keys: undefined }],
  ['a broker that is no broker', code, { ...answerWith(), broker: 'http://x' }],
  ['no object', code, 'welcome'],
])('%s is refused', async (_name, typed, answer) => {
  await expect(enrol(typed, async () => answer, seed)).rejects.toSatisfy((error) =>
    isDeviceError(error, 'enrolment-failed'),
  );
});

test('what may be logged holds no secret', async () => {
  const identity = await enrol(code, async () => answerWith(), seed);
  const text = JSON.stringify(publicIdentity(identity));
  expect(text).not.toContain(identity.password);
  expect(text).not.toContain(identity.seed);
});
