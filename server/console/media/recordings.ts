/**
 * What was recorded and not sent yet, in the browser's own database: a reload, a crash or an empty battery takes nothing away. It is sound
 * of a person, so it is bounded and goes: when it was sent, with the log-off, after a week.
 */

/** Who recorded, and where: `office`, or the code of a village. */
export interface Owner {
  user: string;
  place: string;
}

export interface RecordingRow extends Owner {
  id: number;
  /** Epoch ms at which it was begun. */
  at: number;
  /** Of its bytes, as a MIME type. */
  type: string;
}

const DATABASE = 'prakat.recordings';
const KEPT_MS = 7 * 86_400_000;
/** Of one owner: ten minutes are 58 MB, and what is older is not looked for any more. */
const KEPT_MOST = 3;

/** Makes room and begins a recording; resolves to its id. Rejects where the browser keeps nothing (no room, a private window). */
export function beginRecording(owner: Owner, type: string): Promise<number> {
  return within('readwrite', async ({ rows, pieces }) => {
    const at = Date.now();
    const known = await answered<RecordingRow[]>(rows.getAll());
    for (const { id } of outlived(known, owner, at)) erased(id, rows, pieces);
    return Number(await answered(rows.add({ ...owner, at, type })));
  });
}

/** Rejects where the recording is there no more: somebody logged off meanwhile. */
export function addPiece(id: number, number: number, bytes: ArrayBuffer): Promise<void> {
  return within('readwrite', async ({ rows, pieces }) => {
    if ((await answered(rows.getKey(id))) === undefined) throw new Error('the recording was erased');
    await answered(pieces.put(bytes, [id, number]));
  });
}

/** What the owner has not sent, the newest first. */
export function recordingsOf({ user, place }: Owner): Promise<RecordingRow[]> {
  return within('readwrite', async ({ rows, pieces }) => {
    const now = Date.now();
    const all = await answered<RecordingRow[]>(rows.getAll());
    const old = all.filter((row) => isOld(row, now));
    for (const { id } of old) erased(id, rows, pieces);
    return all
      .filter((row) => row.user === user && row.place === place && !old.includes(row))
      .sort((one, other) => other.at - one.at);
  });
}

/** As much of it as was written down. */
export function soundOfRecording({ id, type }: RecordingRow): Promise<Blob> {
  return within('readonly', async ({ pieces }) => {
    const found = await answered<ArrayBuffer[]>(pieces.getAll(piecesOf(id)));
    return new Blob(found, { type });
  });
}

export function eraseRecording(id: number): Promise<void> {
  return within('readwrite', async ({ rows, pieces }) => erased(id, rows, pieces));
}

/** With the log-off: the next person at this desk does not hear it. */
export function eraseRecordings(): Promise<void> {
  return within('readwrite', async ({ rows, pieces }) => {
    rows.clear();
    pieces.clear();
  });
}

/** What goes when an owner begins another one: all that is a week old, and of the owner's own what makes it too many. */
export function outlived(all: readonly RecordingRow[], owner: Owner, now: number): RecordingRow[] {
  const own = all
    .filter(({ user, place }) => user === owner.user && place === owner.place)
    .sort((one, other) => other.at - one.at);
  const tooMany = own.slice(KEPT_MOST - 1);
  return all.filter((row) => isOld(row, now) || tooMany.includes(row));
}

const isOld = ({ at }: RecordingRow, now: number): boolean => now - at > KEPT_MS;

interface Stores {
  rows: IDBObjectStore;
  /** Bytes by recording and number. */
  pieces: IDBObjectStore;
}

function erased(id: number, rows: IDBObjectStore, pieces: IDBObjectStore): void {
  rows.delete(id);
  pieces.delete(piecesOf(id));
}

/** Arrays come behind all numbers in the order of keys. */
const piecesOf = (id: number): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

/** Resolves when it is written. */
async function within<T>(mode: IDBTransactionMode, work: (stores: Stores) => Promise<T>): Promise<T> {
  const database = await opened();
  try {
    const transaction = database.transaction(['rows', 'pieces'], mode);
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const [result] = await Promise.all([
      work({ rows: transaction.objectStore('rows'), pieces: transaction.objectStore('pieces') }),
      ended,
    ]);
    return result;
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('rows', { keyPath: 'id', autoIncrement: true });
    request.result.createObjectStore('pieces');
  };
  return answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
