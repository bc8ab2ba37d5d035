const MODULUS = 2 ** 32
const HALF = 2 ** 31

/**
 * Is serial `a` newer than `b` in the arithmetic of RFC 1982, where numbers wrap? Serials exactly half the circle
 * apart have no order, and neither is newer.
 *
 * @example serialIsNewer(1, 4294967295)
 * // true
 */
export function serialIsNewer(a: number, b: number): boolean {
  const distance = (a - b + MODULUS) % MODULUS
  return distance > 0 && distance < HALF
}

/**
 * The serial after `current`. With a `date`, serials of the form YYYYMMDDnn jump to that day (in UTC) when it is
 * newer; serials of any other size just grow by one, since a jump could be more than half the circle. Never 0, which
 * some servers read as "unset".
 *
 * @example nextSerial(2024010101, new Date('2024-03-01T00:00:00Z'))
 * // 2024030100
 */
export function nextSerial(current: number, date?: Date): number {
  const next = (current + 1) % MODULUS || 1
  if (date === undefined || !isDated(current)) return next
  const day = Number(date.toISOString().slice(0, 10).replaceAll('-', '')) * 100
  return serialIsNewer(day, current) ? day : next
}

function isDated(serial: number): boolean {
  const month = Math.floor(serial / 10_000) % 100
  const day = Math.floor(serial / 100) % 100
  return serial >= 1_970_010_100 && serial <= 4_199_123_199 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}
