/** What the server needs of a logger; pino's fits. */
export type ServerLog = {
  warn(details: Record<string, unknown>, text: string): void
  error(details: Record<string, unknown>, text: string): void
}
