import { comment, id, pageQuery, shortText, time, z } from '../json.ts'

export const customer = z
  .object({
    id,
    name: z.string(),
    portal: z.string(),
    notes: z.string(),
    zones: z.int(),
    people: z.int(),
    created_at: time,
    can: z.record(z.string(), z.boolean()),
  })
  .meta({ id: 'Customer' })
export const newCustomer = z.object({
  name: shortText,
  portal: z.string().trim().max(40).optional(),
  notes: comment.default(''),
})
export const customerPatch = z.object({ name: shortText.optional(), notes: comment.optional() })

export const provider = z
  .object({
    id,
    name: z.string(),
    kind: z.enum(['built_in']),
    zones: z.int(),
    created_at: time,
    can: z.record(z.string(), z.boolean()),
  })
  .meta({ id: 'Provider' })
export const newProvider = z.object({ name: shortText, kind: z.enum(['built_in']).default('built_in') })
export const providerPatch = z.object({ name: shortText.optional() })

export const zone = z
  .object({
    id,
    /** As people write it, without the final dot (the root zone is "."). */
    name: z.string(),
    provider: z.object({ id, name: z.string() }),
    customer: z.object({ id, name: z.string() }).nullable(),
    serial: z.int(),
    records: z.int(),
    /** Answered by this product's name server. */
    served: z.boolean(),
    created_at: time,
    changed_at: time,
    /** The caller's level: what the zone list shows as a badge. */
    level: z.enum(['read', 'write', 'partial']),
  })
  .meta({ id: 'Zone' })

/** One zone, with what the caller may do in it: permission → true, or why not. */
export const zoneDetail = zone
  .extend({ can: z.record(z.string(), z.boolean()), name_servers: z.array(z.string()) })
  .meta({ id: 'ZoneDetail' })

/** What came of a new zone, and what its maker should know about it. */
export const createdZone = zoneDetail.extend({ warnings: z.array(z.string()) }).meta({ id: 'CreatedZone' })

export const zoneQuery = pageQuery.extend({
  q: z.string().max(255).optional(),
  provider_id: id.optional(),
  customer_id: id.optional(),
})

export const newZone = z.object({
  name: z.string().min(1).max(1100),
  provider_id: id,
  customer_id: id.nullable().default(null),
  /** The text of a zone file to begin with; otherwise SOA and NS are made. */
  zone_file: z.string().max(64_000_000).optional(),
  comment: comment.default(''),
})
export const zonePatch = z.object({ customer_id: id.nullable().optional(), provider_id: id.optional() })

/** A difference, RRset by RRset, before it is written. */
export const difference = z
  .object({
    added: z.int(),
    removed: z.int(),
    unchanged: z.int(),
    /** At most 1,000 lines; `more` says how many are not shown. */
    lines: z.array(
      z.object({ sign: z.enum(['+', '-']), name: z.string(), ttl: z.int(), type: z.string(), data: z.string() }),
    ),
    more: z.int(),
  })
  .meta({ id: 'Difference' })

export const lineError = z.object({ line: z.int(), message: z.string() })

export const zoneFileCheckRequest = z.object({
  zone_file: z.string().max(64_000_000),
  name: z.string().max(1100).optional(),
})
export const zoneFileCheck = z
  .object({
    name: z.string().nullable(),
    records: z.int(),
    errors: z.array(lineError),
    warnings: z.array(z.string()),
    /** A zone of that name that the caller sees already. */
    existing_zone_id: id.nullable(),
  })
  .meta({ id: 'ZoneFileCheck' })

export const zoneFile = z.object({ zone_file: z.string() }).meta({ id: 'ZoneFile' })
export const zoneFileReplacement = z.object({
  zone_file: z.string().max(64_000_000),
  /** Remove what the file does not name (replace), or leave it (merge). */
  mode: z.enum(['replace', 'merge']).default('replace'),
  dry_run: z.boolean().default(false),
  comment: comment.default(''),
})

export const record = z
  .object({
    id,
    /** Absolute, without the final dot; escapes as in a zone file. */
    name: z.string(),
    /** Relative to the zone: "@", "www". */
    owner: z.string(),
    type: z.string(),
    ttl: z.int(),
    /** RDATA in zone file form, names absolute. */
    data: z.string(),
    /** SOA and apex NS. */
    protected: z.boolean(),
    changed_at: time,
    changed_by: z.object({ id: id.nullable(), name: z.string() }),
    change_id: id,
  })
  .meta({ id: 'Record' })

export const recordQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(5000).default(100),
  name: z.string().max(1100).optional(),
  type: z.string().max(20).optional(),
  q: z.string().max(255).optional(),
})

const ttl = z.int().min(0).max(2_147_483_647)
const data = z.string().min(0).max(200_000)
const recordName = z.string().min(1).max(1100)

export const newRecord = z.object({
  name: recordName,
  type: z.string().min(1).max(20),
  /** Without it: that of the RRset it joins, or 3600. */
  ttl: ttl.optional(),
  data,
  comment: comment.default(''),
})
export const recordPatch = z.object({
  name: recordName.optional(),
  type: z.string().min(1).max(20).optional(),
  ttl: ttl.optional(),
  data: data.optional(),
  comment: comment.default(''),
})
/** What one changed record answers: the record as it is now, with the change that made it. */
export const writtenRecord = record.extend({ serial: z.int() }).meta({ id: 'WrittenRecord' })

export const changeOperation = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('create'),
    name: recordName,
    type: z.string().min(1).max(20),
    /** Without it: that of the RRset it joins, or 3600. */
    ttl: ttl.optional(),
    data,
  }),
  z.object({
    op: z.literal('update'),
    record_id: id,
    name: recordName.optional(),
    type: z.string().min(1).max(20).optional(),
    ttl: ttl.optional(),
    data: data.optional(),
  }),
  z.object({ op: z.literal('delete'), record_id: id }),
])

export const newChange = z.object({
  operations: z.array(changeOperation).min(1).max(20_000),
  comment: comment.default(''),
  /** Say what would change, and what stands against it, without writing it. */
  dry_run: z.boolean().default(false),
})

export const change = z
  .object({
    id,
    author: z.object({ id: id.nullable(), name: z.string() }),
    source: z.enum(['console', 'portal', 'api', 'cli', 'import', 'revert', 'demo']),
    comment: z.string(),
    reverts: id.nullable(),
    serial_before: z.int(),
    serial_after: z.int(),
    added: z.int(),
    removed: z.int(),
    created_at: time,
  })
  .meta({ id: 'Change' })

/** The answer to a change, an import or a reversal: what was written, or (dry_run) what would be. */
export const changeResult = z
  .object({
    change: change.nullable(),
    difference,
    warnings: z.array(z.string()),
    serial: z.int(),
    /** With dry_run: it would be proposed for somebody else to approve, not written. */
    review_required: z.boolean(),
  })
  .meta({ id: 'ChangeResult' })

export const changeEntry = z
  .object({
    sign: z.enum(['+', '-']),
    name: z.string(),
    owner: z.string(),
    type: z.string(),
    ttl: z.int(),
    data: z.string(),
  })
  .meta({ id: 'ChangeEntry' })

export const reversal = z.object({ comment: comment.default(''), dry_run: z.boolean().default(false) })
