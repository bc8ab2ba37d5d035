export { diffRecords, type RrsetChange } from './diff/diff-records.ts'
export { compareNames, sortKey } from './names/canonical-order.ts'
export { foldedLabels, foldName, isAtOrBelow, labelsOf, parentOf, relativeName } from './names/name-labels.ts'
export { nameToWire, type ParsedName, parseName, wireToName } from './names/parse-name.ts'
export { printLabel } from './names/print-name.ts'
export { type ToAscii, toAsciiName } from './names/to-ascii-name.ts'
export { checkRdata, type NameInRdata, namesInRdata } from './rdata/check-rdata.ts'
export type { KindName } from './rdata/kinds.ts'
export { parseRdata } from './rdata/parse-rdata.ts'
export { printRdata } from './rdata/print-rdata.ts'
export { joinRdata, rdataFields, splitRdata, typedTypes } from './rdata/rdata-form.ts'
export { rdataKey, sameRdata } from './rdata/rdata-key.ts'
export type { ResourceRecord } from './rdata/resource-record.ts'
export { joinTxt, splitLongStrings, splitTxt } from './rdata/txt.ts'
export { isMetaType, TYPE, typeName, typeNumber } from './rdata/type-numbers.ts'
export type { RdataField } from './rdata/type-table.ts'
export { nextSerial, serialIsNewer } from './serial.ts'
export { validateAround, validateZone, type ZoneView } from './validate/validate-zone.ts'
export type { ProblemCode, ZoneProblem } from './validate/zone-problem.ts'
export { decodeMessage } from './wire/decode-message.ts'
export { type EncodedMessage, encodeMessage } from './wire/encode-message.ts'
export * from './wire/message.ts'
export * from './wire/message-writer.ts'
export { type RdataLayout, rdataLayout } from './wire/rdata-layout.ts'
export { readWireName, skipWireName, type WireName } from './wire/read-wire-name.ts'
export { readWireRdata } from './wire/read-wire-rdata.ts'
export {
  parseZoneFile,
  readZoneFile,
  type ZoneFile,
  type ZoneFileError,
  type ZoneFileLimits,
  type ZoneFileOptions,
} from './zonefile/parse-zone-file.ts'
export { printZoneFile, sortRecords } from './zonefile/print-zone-file.ts'
