/** The tokens of one record's data still to be read, and the origin (wire form) that completes relative names. */
export type Source = { tokens: readonly string[]; next: number; count: number; origin: Uint8Array | undefined }

/** Where the wire form is written. `bytes` has 1024 bytes of room beyond the longest rdata; see `fits`. */
export type Sink = { bytes: Uint8Array; pos: number }

/**
 * One kind of field, for the table of types. `parse` reads its tokens and writes wire, answering what is wrong, if
 * anything; `end` answers where the field that starts at `at` ends, or -1 when it is malformed; `print` shows a field
 * that `end` accepted.
 */
export type FieldKind = {
  parse(source: Source, sink: Sink): string | undefined
  end(bytes: Uint8Array, at: number, end: number): number
  print(bytes: Uint8Array, at: number, end: number, origin: string | undefined): string
}

export const MAX_RDATA = 65535

/** A sink with all the room a record can need. */
export function makeSink(): Sink {
  return { bytes: new Uint8Array(MAX_RDATA + 1024), pos: 0 }
}

/** Takes the next token; undefined when there is none. */
export function take(source: Source): string | undefined {
  return source.next < source.count ? source.tokens[source.next++] : undefined
}

/** Text from the input as a message shows it: short enough to read. */
export function shown(text: string | undefined): string {
  if (text === undefined) return 'nothing'
  return text.length > 60 ? `"${text.slice(0, 57)}..."` : `"${text}"`
}

export const TOO_LONG = `makes the record longer than ${MAX_RDATA} bytes`
