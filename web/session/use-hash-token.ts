import { useState } from 'react'

/** The secret of a link stands behind the #, which browsers keep to themselves; it never reaches a log. */
export function useHashToken(): string {
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)))
  return token
}
