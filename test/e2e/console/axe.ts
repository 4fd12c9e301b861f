import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** Deque's rules of WCAG 2.2, as a script. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const AT_REST =
  'for (const each of document.getAnimations()) if (each.effect?.getComputedTiming().endTime !== Infinity) each.finish()';

interface Violation {
  id: string;
  impact: string | null;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** What axe calls serious or critical on the page as it stands: `rule: element: why`. `rules`: those alone; absent = all. */
export async function seriousFaults(page: Page, rules?: string[]): Promise<string[]> {
  // By the debugger's line: the page's policy lets no foreign script in.
  await page.evaluate(AXE);
  // A colour that is still on its way is nobody's colour.
  await page.evaluate(AT_REST);
  // Without copies of the style sheets, which no rule that is on reads: the page's policy would refuse, and tell of, those of a drawing.
  const options = JSON.stringify({
    preload: false,
    ...(rules !== undefined && { runOnly: { type: 'rule', values: rules } }),
  });
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, ${options}).then(({ violations }) => violations)`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) =>
          `${id}: ${target.join(' ')}: ${failureSummary.split('\n').at(1)?.trim()}`,
      ),
    );
}
