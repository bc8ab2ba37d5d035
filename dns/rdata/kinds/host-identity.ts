import { printBase64, writeBase64 } from './base64.ts'
import { printHex, writeHex } from './blobs.ts'
import { type FieldKind, type Source, shown, take } from './field-kind.ts'
import { digits, readNumber } from './numbers.ts'

/** HIP's algorithm, host identity tag and public key, whose lengths stand before them (RFC 8005 §5, §6). */
export const hostIdentity: FieldKind = {
  parse(source, sink) {
    const algorithm = take(source)
    const value = digits(algorithm ?? '')
    if (value < 0 || value > 255) return `expected an algorithm from 0 to 255, found ${shown(algorithm)}`
    const at = sink.pos
    sink.pos += 4
    const tagProblem = writeHex(take(source), sink)
    const tagLength = sink.pos - at - 4
    if (tagProblem !== undefined) return tagProblem
    const key: Source = { tokens: [take(source) ?? ''], next: 0, count: 1, origin: undefined }
    const keyProblem = writeBase64(key, sink)
    const keyLength = sink.pos - at - 4 - tagLength
    if (keyProblem !== undefined) return keyProblem
    if (tagLength < 1 || tagLength > 255 || keyLength < 1)
      return 'the tag must have 1 to 255 bytes and the key at least one'
    sink.bytes.set([tagLength, value, keyLength >> 8, keyLength & 255], at)
    return undefined
  },
  end(bytes, at, end) {
    const tagLength = bytes[at] ?? 0
    const keyLength = readNumber(bytes, at + 2, 2)
    const to = at + 4 + tagLength + keyLength
    return at + 4 <= end && tagLength > 0 && keyLength > 0 && to <= end ? to : -1
  },
  print(bytes, at) {
    const keyAt = at + 4 + (bytes[at] ?? 0)
    const key = printBase64(bytes, keyAt, keyAt + readNumber(bytes, at + 2, 2))
    return `${bytes[at + 1]} ${printHex(bytes, at + 4, keyAt)} ${key}`
  },
}
