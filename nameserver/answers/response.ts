import type { MessageWriter } from '@zoneward/dns'
import type { RRset, ZoneNode } from '../zones/zone-tree.ts'
import type { Found } from './find-node.ts'

/** What is known of the response while its sections are written. One object serves every query in turn. */
export type Response = {
  writer: MessageWriter
  rcode: number
  aa: boolean
  tc: boolean
  answers: number
  authorities: number
  additionals: number
  found: Found
  /** The DNAMEs that are among the answers already. */
  dnames: ZoneNode[]
  /** The RRset whose targets get their addresses into the additional section. */
  extra: RRset | undefined
  /** The delegation that the response refers to, when it is a referral. */
  referral: ZoneNode | undefined
}

export function createResponse(writer: MessageWriter, nowhere: ZoneNode): Response {
  return {
    writer,
    rcode: 0,
    aa: false,
    tc: false,
    answers: 0,
    authorities: 0,
    additionals: 0,
    found: { kind: 'missing', node: nowhere, label: 0 },
    dnames: [],
    extra: undefined,
    referral: undefined,
  }
}

export function resetResponse(response: Response, rcode: number): void {
  response.rcode = rcode
  response.aa = false
  response.tc = false
  response.answers = 0
  response.authorities = 0
  response.additionals = 0
  response.dnames.length = 0
  response.extra = undefined
  response.referral = undefined
}
