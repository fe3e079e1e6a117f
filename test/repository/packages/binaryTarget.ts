/** The platform and architecture that a native binary is for, from its own header, or `undefined` if it is none. */
export function binaryTarget(bytes: Buffer): string | undefined {
  // ELF: e_machine. Mach-O, 64 bits: cputype. PE: Machine, after the offset at 0x3c.
  if (bytes.readUInt32BE(0) === 0x7f454c46) return named('linux', bytes.readUInt16LE(18), { x64: 0x3e, arm64: 0xb7 })
  if (bytes.readUInt32LE(0) === 0xfeedfacf)
    return named('darwin', bytes.readUInt32LE(4), { x64: 0x01000007, arm64: 0x0100000c })
  if (bytes.toString('latin1', 0, 2) === 'MZ') {
    const header = bytes.readUInt32LE(0x3c)
    if (bytes.toString('latin1', header, header + 4) !== 'PE\0\0') return undefined
    return named('win32', bytes.readUInt16LE(header + 4), { x64: 0x8664, arm64: 0xaa64 })
  }
  return undefined
}

function named(platform: string, machine: number, machines: Readonly<Record<string, number>>): string | undefined {
  const architecture = Object.entries(machines).find(([, value]) => value === machine)?.[0]
  return architecture === undefined ? undefined : `${platform}-${architecture}`
}
