/** A mail to one person, in plain words; the link in it is the only secret. */
export type Mail = { to: string; subject: string; text: string }

/** Sends mails later, by a queue that survives a restart; or, without a mail server, writes them to the outbox folder. */
export type Mailer = {
  /** Without a mail server the link is shown to whoever invites. */
  readonly showsLinks: boolean
  /** Queues the mail in the transaction of the change that it tells of. */
  queue(tx: import('../database/pools.ts').Tx, mail: Mail): Promise<void>
}
