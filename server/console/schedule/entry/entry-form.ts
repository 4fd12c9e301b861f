import type { Entry } from '../plan-edit.ts';
import { formFault, formOf, type RuleForm, ruleOf } from './rule-form.ts';

/** An entry on its way: as it will stand, with its time as a form. What the drawer has no field for stays as it was. */
export interface EntryForm {
  entry: Entry;
  when: RuleForm;
}

export type Announcement = Entry['announcement'];
export type Page = NonNullable<Announcement['panel']>['pages'][number];

export const entryForm = (entry: Entry): EntryForm => ({ entry, when: formOf(entry.starts, entry.rule) });

/** A sign first: it wakes nobody. */
export function newEntry(id: string, starts: string): Entry {
  return {
    id,
    starts,
    except: [],
    band: 40,
    outputs: ['panel'],
    grace_s: 60,
    when_cut: 'resume',
    announcement: { title: '', language: 'th', panel: { pages: [emptyPage()], times: 1 } },
  };
}

export const emptyPage = (): Page => ({ text: '', seconds: 10 });

/** What is wrong with it, where the drawer shows it. */
export function faultsOf({ entry, when }: EntryForm): ('title' | 'when' | 'nothing')[] {
  const { title, tower, panel } = entry.announcement;
  return [
    ...(title.trim() === '' ? (['title'] as const) : []),
    ...(formFault(when) !== undefined ? (['when'] as const) : []),
    ...(tower === undefined && panel === undefined ? (['nothing'] as const) : []),
    ...(panel?.pages.some(({ text }) => text.trim() === '') ? (['nothing'] as const) : []),
    ...(tower?.chime === 'none' && tower.parts.length === 0 ? (['nothing'] as const) : []),
  ];
}

/** As it stands in the plan. */
export function entryIn({ entry, when }: EntryForm): Entry {
  const { rule: _, ...rest } = entry;
  const { announcement } = entry;
  const outputs = (['tower', 'panel'] as const).filter((output) => announcement[output] !== undefined);
  return {
    ...rest,
    ...ruleOf(when),
    outputs,
    announcement: { ...announcement, title: announcement.title.trim() },
  };
}

export function withTower(announcement: Announcement, on: boolean): Announcement {
  const { tower: _, ...rest } = announcement;
  return on ? { ...rest, tower: { chime: 'ding', parts: [], times: 1, gap_ms: 2_000 } } : rest;
}

export function withPanel(announcement: Announcement, on: boolean): Announcement {
  const { panel: _, ...rest } = announcement;
  return on ? { ...rest, panel: { pages: [emptyPage()], times: 1 } } : rest;
}

/** A member of a page that is empty is not there. */
export function withText(page: Page, name: 'title' | 'hotline' | 'qr', text: string): Page {
  const { [name]: _, ...rest } = page;
  return text === '' ? rest : { ...rest, [name]: text };
}

/** The server fills in the bytes that its library has. */
export function withPicture(page: Page, sha256: string | undefined): Page {
  const { picture: _, ...rest } = page;
  return sha256 === undefined ? rest : { ...rest, picture: { type: 'picture', sha256, bytes: 1 } };
}
