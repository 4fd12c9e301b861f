import type { LibraryKind } from '../../firmware-protocol/mqtt/library-requests.ts';
import type { Clock, Operators } from '../ports.ts';
import type { UploadTable } from './upload-records.ts';

interface Needs {
  uploads: Pick<UploadTable, 'put'>;
  operators: Pick<Operators, 'identity'>;
  clock: Pick<Clock, 'wall'>;
}

/** Who put what into the library. What the server makes for itself, the words of a warning say, stands in nobody's name. */
export class UploadBook {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  async enter(
    { sha256, title }: { sha256: string; title: string },
    kind: LibraryKind,
    by: string,
  ): Promise<void> {
    const { uploads, operators, clock } = this.#needs;
    const person = await operators.identity(by);
    if (person === undefined) return;
    const { areas } = person;
    await uploads.put({ sha256, by, kind, title, areas, at: clock.wall(), shared: false });
  }
}
