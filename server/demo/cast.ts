// Who is in the example organization, and what each is given. The same people are the cast of the tests.

export type PersonaName =
  | 'agency-owner'
  | 'agency-admin'
  | 'agency-member'
  | 'bakery-admin'
  | 'bakery-developer'
  | 'bakery-viewer'
  | 'clinic-viewer'
  | 'provider-client'
  | 'zone-user'
  | 'outsider-owner'

type Place = { kind: 'organization' } | { kind: 'customer' | 'provider' | 'zone'; name: string }

export type Guest = {
  name: PersonaName
  /** What the person is called. */
  called: string
  email: string
  realm: 'staff' | 'client'
  /** The customer whose portal it signs in to; null: the organization's own, or the console. */
  customer: string | null
  grants: readonly { role: string; at: Place }[]
  /** Roles of the pages only, and those without api.use, have no key. */
  hasKey: boolean
}

export const owner = { name: 'agency-owner', called: 'Olive Harbour', email: 'olive@harbourpine.example' } as const
export const outsider = { name: 'outsider-owner', called: 'Otto Elsewhere', email: 'otto@elsewhere.example' } as const

export const agency = {
  name: 'Harbour & Pine',
  role_set: 'msp',
  contact: {
    name: 'The hosting desk',
    email: 'help@harbourpine.example',
    phone: '+44 20 7946 0123',
    url: 'https://harbourpine.example/help',
    text: 'We look after your DNS. Weekdays from 9 to 17; at other times leave a message.',
  },
} as const

export const providers = ['Harbour DNS', 'Pine DNS'] as const

export const customers = [
  { name: 'Bakery', portal: 'bakery' },
  { name: 'Clinic', portal: 'clinic' },
] as const

/** Zones of examples/zones/, where each is kept, and whose it is. */
export const zones = [
  { name: 'bakery.example', provider: 'Harbour DNS', customer: 'Bakery' },
  { name: 'xn--bckerei-nord-gcb.example', provider: 'Harbour DNS', customer: 'Bakery' },
  { name: 'clinic.example', provider: 'Harbour DNS', customer: 'Clinic' },
  { name: 'harbourpine.example', provider: 'Harbour DNS', customer: null },
  { name: 'studio.example', provider: 'Pine DNS', customer: null },
  { name: '2.0.192.in-addr.arpa', provider: 'Pine DNS', customer: null },
] as const

const organization = { kind: 'organization' } as const
const bakery = { kind: 'customer', name: 'Bakery' } as const
const clinic = { kind: 'customer', name: 'Clinic' } as const

export const guests: readonly Guest[] = [
  {
    name: 'agency-admin',
    called: 'Piet Pine',
    email: 'piet@harbourpine.example',
    realm: 'staff',
    customer: null,
    grants: [{ role: 'msp.admin', at: organization }],
    hasKey: true,
  },
  {
    name: 'agency-member',
    called: 'Mara Quay',
    email: 'mara@harbourpine.example',
    realm: 'staff',
    customer: null,
    grants: [
      { role: 'msp.member', at: organization },
      { role: 'msp.block.dns_write', at: bakery },
      { role: 'msp.block.dns_read', at: clinic },
    ],
    hasKey: true,
  },
  {
    name: 'bakery-admin',
    called: 'Bea Baker',
    email: 'bea@bakery.example',
    realm: 'client',
    customer: 'Bakery',
    grants: [{ role: 'msp.client_admin', at: bakery }],
    hasKey: true,
  },
  {
    name: 'bakery-developer',
    called: 'Dev Crumb',
    email: 'dev@bakery.example',
    realm: 'client',
    customer: 'Bakery',
    grants: [{ role: 'msp.developer', at: bakery }],
    hasKey: true,
  },
  {
    name: 'bakery-viewer',
    called: 'Vera Loaf',
    email: 'vera@bakery.example',
    realm: 'client',
    customer: 'Bakery',
    grants: [{ role: 'msp.viewer', at: bakery }],
    hasKey: false,
  },
  {
    name: 'clinic-viewer',
    called: 'Clara Ward',
    email: 'clara@clinic.example',
    realm: 'client',
    customer: 'Clinic',
    grants: [{ role: 'msp.viewer', at: clinic }],
    hasKey: false,
  },
  {
    name: 'provider-client',
    called: 'Paul Watch',
    email: 'paul@watch.example',
    realm: 'client',
    customer: null,
    grants: [{ role: 'monitoring.client', at: { kind: 'provider', name: 'Pine DNS' } }],
    hasKey: false,
  },
  {
    name: 'zone-user',
    called: 'Zoe Fjell',
    email: 'zoe@studio.example',
    realm: 'client',
    customer: null,
    grants: [
      { role: 'zones.user', at: organization },
      { role: 'zones.read_only', at: { kind: 'zone', name: 'harbourpine.example' } },
      { role: 'zones.read_write', at: { kind: 'zone', name: 'studio.example' } },
    ],
    hasKey: true,
  },
]
