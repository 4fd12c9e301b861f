import { promptYesNo } from '../../cli/prompt.ts';
import type { Cli } from '../../cli.ts';
import type { Person } from './visit.ts';

/** Whoever sits at this terminal. Ctrl-C or Escape at a question ends the visit; what was found stays. */
export function terminalPerson(cli: Cli, hadEnough: () => void): Person {
  const words = { yes: cli.text({ en: 'Yes', th: 'ใช่' }), no: cli.text({ en: 'No', th: 'ไม่' }) };
  return {
    async confirm(question) {
      const said = await promptYesNo(cli.text(question), words);
      if (said === undefined) hadEnough();
      return said;
    },
    attention: (said) => cli.say(`▶ ${cli.text(said)}`),
    bar: (what, share) => cli.progress(cli.text(what), share),
  };
}
