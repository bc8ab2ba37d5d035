import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Context } from '../context.ts'
import { Fault } from '../fault.ts'
import { addressBlock } from '../http/client-address.ts'

/** Whose tries are counted: one account, and the block of addresses that they come from. */
export type Tries = { account: string; address: string }

const quarterHour = 15 * 60

type Limits = { account: RateLimiterPostgres; address: RateLimiterPostgres; overall: RateLimiterPostgres }
const limitsOf = new WeakMap<Context, Limits>()

/**
 * Runs a try of a password. Wrong ones are counted per account, per address block and overall, in the database, so that
 * every server and every restart goes on counting; past a limit the answer is 429 before any password is looked at.
 */
export async function limitTries(context: Context, tries: Tries, attempt: () => Promise<boolean>): Promise<boolean> {
  const limits = limitersOf(context)
  const counted = [
    [limits.overall, 'all'],
    [limits.address, addressBlock(tries.address)],
    // The key is hashed, since it may be any text that somebody typed.
    [limits.account, createHash('sha256').update(tries.account).digest('base64url')],
  ] as const
  // Counted before the password is looked at: of many tries at once, none slips through before the count.
  for (const [limiter, key] of counted) await consume(limiter, key)
  const right = await attempt()
  if (right) {
    await limits.account.delete(counted[2][1])
    for (const [limiter, key] of counted.slice(0, 2)) await limiter.reward(key, 1)
  }
  return right
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key, 1)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
    throw new Fault('rate_limited', `Too many wrong tries: wait ${minutes(seconds)}, then try again.`, {
      retry_after: seconds,
    })
  }
}

function minutes(seconds: number): string {
  return seconds <= 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}

function limitersOf(context: Context): Limits {
  const known = limitsOf.get(context)
  if (known) return known
  const make = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: context.database.staff.raw,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix,
      points,
      duration: quarterHour,
    })
  const limits = { account: make('account', 10), address: make('address', 100), overall: make('overall', 5_000) }
  limitsOf.set(context, limits)
  return limits
}
