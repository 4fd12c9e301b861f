/** The payload of a message as its schema has it; undefined = it is not that. Devices get no answer to nonsense. */
export function readMessage<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  payload: Uint8Array,
): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
