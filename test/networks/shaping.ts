import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import type { Site } from './internet.ts'

export interface Weather {
  readonly lossPercent: number
  /** Each way. */
  readonly delayMs: number
  readonly reorderPercent: number
}

/** What `shaper.ts` is told. */
export interface ShaperPlan extends Weather {
  readonly seed: number
  /** What lies outside, and the router's port to which datagrams for it are led. */
  readonly places: readonly { readonly host: string; readonly port: number; readonly door: number }[]
}

/** How many datagrams passed untouched, were lost, and arrived after later ones. */
export interface ShaperReport {
  readonly passed: number
  readonly lost: number
  readonly overtaken: number
}

/** The first of the ports that datagrams are led to. */
const firstDoor = 20_000

/** Every port that a host will open, once `keepPorts` has held it to these. */
const keptPorts = { node: 49_737, first: 50_000, last: 50_063 }

/** Holds a host to so few ports that a shaper can know them all. Returns each as `host:port`. */
export async function keepPorts(site: Site): Promise<readonly string[]> {
  const { node, first, last } = keptPorts
  await site.hosts[0].sysctl('net.ipv4.ip_local_port_range', `${first} ${last}`)
  const drawn = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return [node, ...drawn].map((port) => `${site.address}:${port}`)
}

/**
 * Puts a shaper between the hosts of a site that has a router and the places outside; everything else outside is out of
 * reach. It ends with the test; resolves to what ends it before and says what it did.
 */
export async function shape(
  t: TestContext,
  site: Site,
  places: readonly string[],
  weather: Weather,
  seed: number,
): Promise<() => Promise<ShaperReport>> {
  const plan: ShaperPlan = {
    ...weather,
    seed,
    places: places.map((place, index) => {
      const [host = '', port = ''] = place.split(':')
      return { host, port: Number(port), door: firstDoor + index }
    }),
  }
  const redirects = plan.places.map(
    ({ host, port, door }) => `iifname "lan" ip daddr ${host} udp dport ${port} redirect to :${door}`,
  )
  await site.edge.nft(`
    table ip shaping {
      chain in {
        type nat hook prerouting priority -100;
        ${redirects.join('\n        ')}
      }
      chain forward {
        type filter hook forward priority 0;
        drop
      }
    }`)
  const script = path.join(import.meta.dirname, 'shaper.ts')
  const [program, ...args] = [...site.edge.prefix, process.execPath, script, JSON.stringify(plan)]
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const lines = createInterface(child.stdout)
  await Promise.race([once(lines, 'line'), once(child, 'exit')])
  if (child.exitCode !== null) throw new Error('The shaper did not start')
  return async () => {
    const report = once(lines, 'line')
    child.stdin.end()
    const [line] = (await report) as [string]
    return JSON.parse(line) as ShaperReport
  }
}
