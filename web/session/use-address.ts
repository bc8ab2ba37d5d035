import { useNavigate, useSearch } from '@tanstack/react-router'

export type Address = Record<string, string | undefined>

/** What the address says after the question mark, and a way to change it; so a link shows a colleague the same. */
export function useAddress(): [Address, (patch: Address) => void] {
  const search = useSearch({ strict: false }) as Address
  const navigate = useNavigate()
  const change = (patch: Address) => {
    void navigate({ to: '.', search: tidy({ ...search, ...patch }), replace: true, resetScroll: false } as never)
  }
  return [search, change]
}

function tidy(address: Address): Address {
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined && value !== ''))
}

/** Searches in addresses are flat texts; nothing is read as JSON. */
export function parseSearch(text: string): Address {
  return Object.fromEntries(new URLSearchParams(text))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
