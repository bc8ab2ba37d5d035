// Where an SOA record keeps its serial: before its last four numbers (RFC 1035 section 3.3.13).
const fromEnd = 20

export function soaSerial(rdata: Buffer): number {
  return rdata.readUInt32BE(rdata.length - fromEnd)
}

export function withSerial(rdata: Buffer, serial: number): Buffer {
  const copy = Buffer.from(rdata)
  copy.writeUInt32BE(serial, copy.length - fromEnd)
  return copy
}
