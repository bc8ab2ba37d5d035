/**
 * Stops on SIGTERM and SIGINT, and when the npm that started the process is gone: npm killed on its own would leave it
 * running. A second signal ends at once.
 */
export function stopWhenAsked(stop: () => Promise<void>): void {
  let stopping = false
  const end = async () => {
    if (stopping) process.exit(1)
    stopping = true
    await stop()
    process.exit(process.exitCode ?? 0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end())
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    if (!stopping) void end()
  }, 500)
  watch.unref()
}
