import { createHash } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { StickFolder } from '../../device/drivers/stick/stick-folder.ts';
import { isDeviceError } from '../../device/errors.ts';
import { filesOf } from '../../firmware-protocol/content/announcement.ts';
import { isPlayOrder } from '../../firmware-protocol/content/order.ts';
import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { Failed } from '../cli.ts';
import type { OperatorClient } from './client.ts';
import type { Profile } from './profile.ts';
import { refusalOf, serverUnreachable } from './refusal.ts';
import { basicAuth } from './upload.ts';

type Documents = AnswerTo<'export'>['documents'];
interface FileNeed {
  sha256: string;
  bytes: number;
}

export interface Written {
  programmes: string[];
  orders: number;
  key_sets: number;
  files: number;
  /** Files that were there already, whole. */
  had: number;
  bytes: number;
}

/** All that the halls of `areas` are to have, each document once. */
export async function documentsFor(operator: OperatorClient, areas: string[]): Promise<Documents> {
  const found = new Map<string, Documents[number]>();
  for (const area of areas)
    for (let after: number | undefined = 0; after !== undefined; ) {
      const page: AnswerTo<'export'> = await operator.ask('export', { area, after });
      for (const each of page.documents) found.set(nameOf(each), each);
      after = page.next;
    }
  return [...found.values()];
}

/** Writes documents and files; what is there already is not fetched again. Rejects with Failed; then what is there is whole. */
export async function writeStick(
  folder: string,
  documents: Documents,
  profile: Profile,
  onProgress: (share: number) => void,
): Promise<Written> {
  const stick = new StickFolder(folder);
  const needs = filesIn(documents);
  const missing = await missingOf(stick, needs);
  await refuseTooSmall(folder, missing);
  const sets = documents.flatMap((each) => (each.kind === 'keys' ? [each.document] : []));
  await written(stick, 'keys.json', sets);
  for (const each of documents) if (each.kind !== 'keys') await written(stick, nameOf(each), each.document);
  const total = sum(missing);
  let done = 0;
  for (const need of missing) {
    await fetchTo(stick, need, profile);
    done += need.bytes;
    onProgress(done / total);
  }
  const programmes = documents.flatMap((each) => (each.kind === 'programme' ? [each.document.area] : []));
  const orders = documents.filter(({ kind }) => kind === 'order').length;
  const counts = { files: missing.length, had: needs.length - missing.length, bytes: total };
  return { programmes, orders, key_sets: sets.length, ...counts };
}

function nameOf(each: Documents[number]): string {
  if (each.kind === 'keys') return `keys/${each.document.version}`;
  return each.kind === 'programme'
    ? `programmes/${each.document.area}.json`
    : `orders/${each.document.id}.json`;
}

/** Each once. */
function filesIn(documents: Documents): FileNeed[] {
  const said = documents.flatMap((each) => {
    if (each.kind === 'programme') return each.document.entries.map(({ announcement }) => announcement);
    return each.kind === 'order' && isPlayOrder(each.document) ? [each.document.announcement] : [];
  });
  const files = said.flatMap((announcement) => filesOf(announcement));
  return [...new Map(files.map(({ sha256, bytes }) => [sha256, { sha256, bytes }])).values()];
}

async function missingOf(stick: StickFolder, needs: FileNeed[]): Promise<FileNeed[]> {
  const missing: FileNeed[] = [];
  for (const need of needs) if (!(await isWhole(stick, need))) missing.push(need);
  return missing;
}

/** A file of the stick itself, as a hall would take it. */
async function isWhole(stick: StickFolder, { sha256, bytes }: FileNeed): Promise<boolean> {
  const name = nameOfFile(sha256);
  try {
    if ((await stick.size(name)) !== bytes) return false;
    const hash = createHash('sha256');
    for await (const chunk of stick.chunks(name, bytes)) hash.update(chunk);
    return hash.digest('hex') === sha256;
  } catch (error) {
    if (isDeviceError(error)) return false;
    throw error;
  }
}

async function refuseTooSmall(folder: string, missing: FileNeed[]): Promise<void> {
  const { bavail, bsize } = await statfs(folder).catch((cause: unknown) => {
    throw new Failed(
      { en: `${folder} is not there: is the stick mounted?`, th: `ไม่พบ ${folder} เสียบแฟลชไดรฟ์แล้วหรือยัง` },
      { code: 'no-stick', cause },
    );
  });
  const [needed, free] = [sum(missing), bavail * bsize].map((bytes) => Math.ceil(bytes / 1_000_000));
  if (Number(needed) < Number(free)) return;
  throw new Failed(
    {
      en: `the stick has ${free} MB free, and ${needed} MB are needed`,
      th: `แฟลชไดรฟ์ว่าง ${free} MB แต่ต้องใช้ ${needed} MB`,
    },
    { code: 'stick-full' },
  );
}

async function written(stick: StickFolder, name: string, document: unknown): Promise<void> {
  await stick.write(name, Buffer.from(JSON.stringify(document))).catch((cause: unknown) => {
    if (!isDeviceError(cause)) throw cause;
    throw notWritten(name, cause);
  });
}

async function fetchTo(stick: StickFolder, { sha256 }: FileNeed, profile: Profile): Promise<void> {
  const response = await fetch(new URL(`/media/${sha256}`, profile.server), {
    headers: { authorization: basicAuth(profile) },
  }).catch((cause: unknown) => {
    throw serverUnreachable(profile.server, cause);
  });
  const { body } = response;
  if (!response.ok || body === null) throw await refusalOf(response);
  const name = nameOfFile(sha256);
  const hash = createHash('sha256');
  const filled = stick.fill(name, async (file) => {
    for await (const chunk of body) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    if (hash.digest('hex') !== sha256) throw new Error('what came has another hash');
  });
  await filled.catch((cause: unknown) => {
    throw notWritten(name, cause);
  });
}

function notWritten(name: string, cause: unknown): Failed {
  return new Failed(
    { en: `${name} could not be written to the stick`, th: `เขียน ${name} ลงแฟลชไดรฟ์ไม่ได้` },
    { code: 'stick-not-written', cause },
  );
}

const nameOfFile = (sha256: string) => `media/${sha256}`;

function sum(needs: FileNeed[]): number {
  return needs.reduce((total, { bytes }) => total + bytes, 0);
}
