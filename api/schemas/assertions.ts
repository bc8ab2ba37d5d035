import { id, realm, scope, scopeWithName, shortText, time, z } from '../json.ts'
import { subject } from './access.ts'

export const assertionRecord = z
  .strictObject({
    name: z
      .string()
      .max(1100)
      .meta({ description: 'A name pattern: www.example.com, **.example.com, _acme-challenge.**' }),
    types: z.array(z.string().max(20)).min(1).max(100).optional(),
  })
  .meta({ id: 'AssertionRecord' })

/** Nobody of `who`, but `except`, can ever do `permission` at `at` or anywhere below it. */
export const assertionRule = z.strictObject({
  who: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('anyone') }),
    z.object({ kind: z.literal('realm'), realm }),
    z.object({ kind: z.literal('role'), role_id: z.string().max(100), scope }),
    z.object({ kind: z.literal('subject'), subject_id: id }),
  ]),
  permission: z.string().max(100),
  at: scope,
  record: assertionRecord.nullable().default(null),
  except: z.array(id).max(100).default([]),
})

/** Without a sentence of one's own, one is put together from the rule. */
export const newAssertion = assertionRule.extend({ sentence: shortText.max(500).optional() })

export const assertion = z
  .object({
    id,
    sentence: z.string(),
    who: z.object({
      kind: z.enum(['anyone', 'realm', 'role', 'subject']),
      realm: realm.nullable(),
      role_id: z.string().nullable(),
      role: z.string().nullable(),
      scope: scopeWithName.nullable(),
      subject: subject.nullable(),
    }),
    permission: z.string(),
    at: scopeWithName,
    record: assertionRecord.nullable(),
    except: z.array(subject),
    created_by: z.string().nullable(),
    created_at: time,
  })
  .meta({ id: 'Assertion' })

/** Somebody who can do what nobody should, and the way there. */
export const breach = z
  .object({
    subject,
    resource: scopeWithName,
    grant_id: id,
    role: z.string(),
    scope: scopeWithName,
    via_team: z.string().nullable(),
    starts_at: time.nullable(),
    ends_at: time.nullable(),
    /** Who, by which team, role and scope, at which place. */
    path: z.array(z.string()),
    sentence: z.string(),
  })
  .meta({ id: 'Breach' })

export const assertionCheck = z.object({
  /** One assertion; without it and without a rule, all of them. */
  assertion_id: id.optional(),
  /** A rule that is not saved. */
  rule: newAssertion.optional(),
  /** So many breaches of each assertion at most. */
  limit: z.int().min(1).max(500).default(50),
})
export const assertionFindings = z.object({
  items: z.array(
    z.object({
      assertion: z.object({ id: id.nullable(), sentence: z.string() }),
      holds: z.boolean(),
      breaches: z.array(breach),
      /** All of them, also those that are not listed. */
      breach_count: z.int(),
    }),
  ),
})
