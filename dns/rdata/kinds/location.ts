import { type FieldKind, type Source, shown } from './field-kind.ts'
import { readNumber, writeNumber } from './numbers.ts'

const EQUATOR = 0x80000000
const LOWEST = 10_000_000
const SIZES = ['1m', '10000m', '10m']

/** A place on earth (RFC 1876 §3): `52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m`. */
export const location: FieldKind = {
  parse(source, sink) {
    const latitude = readAngle(source, 'N', 'S', 90)
    if (typeof latitude === 'string') return latitude
    const longitude = readAngle(source, 'E', 'W', 180)
    if (typeof longitude === 'string') return longitude
    const altitude = centimetres(source.tokens[source.next++])
    if (altitude === undefined || altitude < -LOWEST || altitude > 0xffffffff - LOWEST) {
      return 'expected an altitude in metres, from -100000.00 to 42849672.95'
    }
    sink.bytes[sink.pos++] = 0
    for (const preset of SIZES) {
      const token = source.next < source.count ? source.tokens[source.next++] : preset
      const size = centimetres(token)
      if (size === undefined || size < 0 || size > 9e9)
        return `expected a size in metres up to 90000000, found ${shown(token)}`
      sink.bytes[sink.pos++] = packSize(size)
    }
    writeNumber(sink, EQUATOR + latitude, 4)
    writeNumber(sink, EQUATOR + longitude, 4)
    writeNumber(sink, altitude + LOWEST, 4)
    return undefined
  },
  end(bytes, at, end) {
    if (at + 16 > end || bytes[at] !== 0) return -1
    for (let i = at + 1; i < at + 4; i++) if (!isSize(bytes[i] ?? 0)) return -1
    const within = (from: number, degrees: number) =>
      Math.abs(readNumber(bytes, from, 4) - EQUATOR) <= degrees * 3_600_000
    return within(at + 4, 90) && within(at + 8, 180) ? at + 16 : -1
  },
  print(bytes, at) {
    const sizes = [1, 2, 3].map((i) => printSize(bytes[at + i] ?? 0)).join(' ')
    const latitude = printAngle(readNumber(bytes, at + 4, 4) - EQUATOR, 'N', 'S')
    const longitude = printAngle(readNumber(bytes, at + 8, 4) - EQUATOR, 'E', 'W')
    return `${latitude} ${longitude} ${printMetres(readNumber(bytes, at + 12, 4) - LOWEST)} ${sizes}`
  },
}

// Thousandths of a second of arc, or a sentence.
function readAngle(source: Source, plus: string, minus: string, most: number): number | string {
  const parts: string[] = []
  while (source.next < source.count && parts.length < 4) {
    const token = source.tokens[source.next++] ?? ''
    const direction = token.toUpperCase()
    if (direction === plus || direction === minus) {
      const angle = angleOf(parts, most)
      if (angle === undefined) break
      return direction === minus ? -angle : angle
    }
    parts.push(token)
  }
  return `expected degrees up to ${most}, minutes, seconds and ${plus} or ${minus}, found "${parts.join(' ').slice(0, 60)}"`
}

function angleOf(parts: string[], most: number): number | undefined {
  const [degrees, minutes = '0', seconds = '0'] = parts
  if (degrees === undefined || parts.length > 3) return undefined
  if (!/^\d{1,3}$/.test(degrees) || !/^\d{1,2}$/.test(minutes)) return undefined
  const [, whole, part = ''] = /^(\d{1,2})(?:\.(\d{1,3}))?$/.exec(seconds) ?? []
  if (whole === undefined || Number(minutes) > 59 || Number(whole) > 59) return undefined
  const angle = (Number(degrees) * 60 + Number(minutes)) * 60_000 + Number(whole) * 1000 + Number(part.padEnd(3, '0'))
  return angle <= most * 3_600_000 ? angle : undefined
}

function centimetres(token: string | undefined): number | undefined {
  const [, sign, whole, part = ''] = /^(-?)(\d{1,8})(?:\.(\d{0,2}))?m?$/i.exec(token ?? '') ?? []
  if (whole === undefined) return undefined
  const value = Number(whole) * 100 + Number(part.padEnd(2, '0'))
  return sign === '-' ? -value : value
}

// One digit and a power of ten, in centimetres (RFC 1876 §2).
function packSize(size: number): number {
  let exponent = 0
  let mantissa = size
  for (; mantissa > 9; exponent++) mantissa = Math.floor(mantissa / 10)
  return mantissa * 16 + exponent
}

function isSize(byte: number): boolean {
  return byte === 0 || (byte >> 4 >= 1 && byte >> 4 <= 9 && (byte & 15) <= 9)
}

function printSize(byte: number): string {
  const size = (byte >> 4) * 10 ** (byte & 15)
  return size < 100 ? printMetres(size) : `${size / 100}m`
}

function printMetres(size: number): string {
  const whole = Math.floor(Math.abs(size) / 100)
  return `${size < 0 ? '-' : ''}${whole}.${String(Math.abs(size) % 100).padStart(2, '0')}m`
}

function printAngle(angle: number, plus: string, minus: string): string {
  const total = Math.abs(angle)
  const seconds = `${Math.floor(total / 1000) % 60}.${String(total % 1000).padStart(3, '0')}`
  return `${Math.floor(total / 3_600_000)} ${Math.floor(total / 60_000) % 60} ${seconds} ${angle < 0 ? minus : plus}`
}
