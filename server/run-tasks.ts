import { Logger, run } from 'graphile-worker'
import { sql } from 'kysely'
import { tellDecidersTask } from './access-requests/tell-deciders.ts'
import type { Context } from './context.ts'
import type { Log } from './log.ts'
import { sendMailTask } from './mail/send-mail.ts'

/** Carries out queued work in this process, until stopped. Every server on one database takes part. */
export async function runTasks(context: Context): Promise<{ stop(): Promise<void> }> {
  const runner = await run({
    pgPool: context.database.worker.raw,
    taskList: {
      send_mail: sendMailTask(context),
      tell_deciders: tellDecidersTask(context),
      sweep: async () => {
        await sql`select sweep_expired()`.execute(context.database.worker.kysely)
      },
    },
    concurrency: 2,
    pollInterval: 2_000,
    noHandleSignals: true,
    // Once an hour, by one of the servers.
    crontab: '17 * * * * sweep',
    logger: loggerOf(context.log),
  })
  // The runner ends when it is stopped, or when it could not go on; then the log says so and the queue waits.
  runner.promise.catch((error: unknown) => context.log.error({ err: error }, 'queued work is no longer carried out'))
  return { stop: () => runner.stop() }
}

// Payloads are never logged: what the library says of a job is its name and number.
function loggerOf(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error(message)
    else if (level === 'warning') log.warn(message)
    else log.debug(message)
  })
}
