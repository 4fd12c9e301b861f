import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes a while is begun a little before what is quick: at the end, where one long file would keep everybody waiting,
 * there are short ones to fill in.
 */
const KINDS = [
  { of: /^test\/e2e\/console\//, later: 0 },
  { of: /^test\/(e2e\/[^/]+|integration\/.*)$/, later: 0 },
  { of: /^test\/(sim|unit|contract)\//, later: 0.1 },
];

const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;

/**
 * Files of all kinds spread evenly over a run, the longest of each first. Kind after kind the processor would idle while
 * journeys wait for sound to be played, and then have as many files at once that want a core each.
 */
export default class SpreadByKind extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const longestFirst = await super.sort(files);
    const groups = [...new Set(longestFirst.map(groupOf))];
    return groups.flatMap((group) => this.#spread(longestFirst.filter((file) => groupOf(file) === group)));
  }

  #spread(files: TestSpecification[]): TestSpecification[] {
    return KINDS.flatMap(({ of, later }) => {
      const kind = files.filter(({ moduleId }) => of.test(relative(this.ctx.config.root, moduleId)));
      return kind.map((file, at) => ({ file, turn: later + (at + 1) / kind.length }));
    })
      .sort((a, b) => a.turn - b.turn)
      .map(({ file }) => file);
  }
}
