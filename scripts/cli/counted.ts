/** `1 hall`, `2 halls`, `0 entries`: English says how many; Thai needs no plural. */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : manyOf(one)}`;
}

function manyOf(one: string): string {
  return one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`;
}
