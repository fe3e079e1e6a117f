import { spawnSync } from 'node:child_process'

/** The programs that make networks, and the Debian package that has each. */
const programs = { unshare: 'util-linux', nsenter: 'util-linux', ip: 'iproute2', nft: 'nftables', sysctl: 'procps' }

/** How `unshare` makes a network of this process's own: as root at once, as anybody else by way of a user namespace. */
export const unshareArguments: readonly string[] =
  process.getuid?.() === 0 ? ['--net'] : ['--user', '--map-root-user', '--net']

/** Why this machine cannot make networks for a test, in one sentence, or `undefined` if it can. */
export function whyNotRun(): string | undefined {
  if (process.platform !== 'linux') return 'Network namespaces exist on Linux alone.'
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  for (const [program, debianPackage] of Object.entries(programs)) {
    const found = spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: path } })
    if (found.status !== 0) return `The program ${program} is missing; the package ${debianPackage} has it.`
  }
  const trial = `ip link set lo up && ip link add name one type veth peer name two && ip link add name lan type bridge &&
    sysctl --quiet --write net.ipv4.ip_forward=1 &&
    nft 'add table ip t; add chain ip t c { type nat hook postrouting priority 100; }; add rule ip t c masquerade'`
  const tried = spawnSync('unshare', [...unshareArguments, 'sh', '-c', trial], {
    encoding: 'utf8',
    env: { PATH: path },
  })
  if (tried.status === 0) return undefined
  const complaint = (tried.stderr || String(tried.error ?? '')).trim().split('\n').at(-1) ?? ''
  return `This system lets no network namespace be made: ${complaint}.`
}
