import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Namespace } from './namespace.ts'

/**
 * How a site is connected:
 * - `open`: a host with a public address
 * - `cone`: a router that gives a host's socket the same public port whomever it talks to, and admits answers only
 * - `symmetric`: a router that draws another public port for every destination
 * - `blocked`: a router that lets no UDP through
 */
export type SiteKind = 'open' | 'cone' | 'symmetric' | 'blocked'

/** A place with one public address, and the hosts behind it. */
export interface Site {
  readonly kind: SiteKind
  /** Seen from the internet. */
  readonly address: string
  /** The namespace that holds the public address: the host itself of an open site, the router of every other. */
  readonly edge: Namespace
  /** An open site has one host, every other as many as it was made with. */
  readonly hosts: readonly [Namespace, ...Namespace[]]
}

/** What went from one public address to another. */
export interface Traffic {
  readonly packets: number
  readonly bytes: number
}

/** Routers of sites forward; nothing else in them needs more than this. */
const routerRules = {
  cone: nat('masquerade'),
  symmetric: nat('masquerade fully-random'),
  blocked: `${nat('masquerade')}
    table ip blocked {
      chain forward {
        type filter hook forward priority -10;
        meta l4proto udp drop
      }
    }`,
}

/** Address translation as home routers do it. What comes uninvited is dropped before it leaves a trace. */
function nat(statement: string): string {
  return `
    table ip nat {
      chain out {
        type nat hook postrouting priority 100;
        oifname "wan" ${statement}
      }
    }
    table ip guard {
      chain in {
        type filter hook input priority 0;
        iifname "wan" ct state new drop
      }
      chain forward {
        type filter hook forward priority 0;
        iifname "wan" ct state new drop
      }
    }`
}

/** Counts every packet by where it comes from and goes to. */
const countingRules = `
  table ip traffic {
    set pairs {
      type ipv4_addr . ipv4_addr
      size 4096
      flags dynamic
      counter
    }
    chain forward {
      type filter hook forward priority 0;
      update @pairs { ip saddr . ip daddr }
    }
  }`

/** A small internet: one router that all sites hang on, and a private DHT. Nothing of this machine is part of it. */
export class Internet {
  readonly #core: Namespace
  readonly #namespaces: Namespace[]
  #dht: ChildProcess | undefined
  #nodes: readonly string[] = []
  #lastSite = 0
  #lastPlug = 0

  constructor(core: Namespace) {
    this.#core = core
    this.#namespaces = [core]
  }

  /** The caller disposes it, after whatever runs in it. */
  static async open(): Promise<Internet> {
    const core = await Namespace.open()
    const internet = new Internet(core)
    try {
      await core.sysctl('net.ipv4.ip_forward', 1)
      await core.nft(countingRules)
      await internet.#startDht()
      return internet
    } catch (error) {
      await internet.dispose()
      throw error
    }
  }

  /** As `--bootstrap` takes it. */
  get bootstrap(): string {
    return this.#nodes[0] ?? ''
  }

  /** Every node of the DHT, as `host:port`. */
  get nodes(): readonly string[] {
    return this.#nodes
  }

  async site(kind: SiteKind, hosts = 1): Promise<Site> {
    const number = ++this.#lastSite
    const edge = await this.#namespace()
    const address = `50.0.${number}.2`
    await this.#core.ip(`
      link add name site${number} type veth peer name wan netns ${edge.pid}
      address add 50.0.${number}.1/24 dev site${number}
      link set site${number} up`)
    await edge.ip(`
      address add ${address}/24 dev wan
      link set wan up
      route add default via 50.0.${number}.1`)
    if (kind === 'open') return { kind, address, edge, hosts: [edge] }
    await edge.sysctl('net.ipv4.ip_forward', 1)
    await edge.nft(routerRules[kind])
    return { kind, address, edge, hosts: await this.#lan(edge, number, hosts) }
  }

  /** A local network of so many hosts, without a way out. */
  async lonelyLan(hosts: number): Promise<Site['hosts']> {
    return this.#lan(await this.#namespace(), ++this.#lastSite, hosts)
  }

  /** Takes a host off its network and puts it behind the router of another site. */
  async move(host: Namespace, site: Site): Promise<void> {
    await host.ip('link delete eth0')
    const number = Number(site.address.split('.')[2])
    await this.#plug(host, site.edge, number, 100)
  }

  /** What went so far from one site to another, by the counters of the router between them. */
  async traffic(from: Site, to: Site): Promise<Traffic> {
    const listed = JSON.parse(await this.#core.run('nft', ['--json', 'list', 'set', 'ip', 'traffic', 'pairs'])) as {
      readonly nftables: readonly { readonly set?: { readonly elem?: readonly CountedPair[] } }[]
    }
    const pairs = listed.nftables.flatMap(({ set }) => set?.elem ?? [])
    const pair = pairs.find(({ elem }) => elem.val.concat[0] === from.address && elem.val.concat[1] === to.address)
    return pair?.elem.counter ?? { packets: 0, bytes: 0 }
  }

  async dispose(): Promise<void> {
    this.#dht?.kill('SIGKILL')
    await Promise.all(this.#namespaces.map((namespace) => namespace.dispose()))
  }

  async #namespace(): Promise<Namespace> {
    const namespace = await Namespace.open()
    this.#namespaces.push(namespace)
    return namespace
  }

  async #lan(edge: Namespace, number: number, hosts: number): Promise<Site['hosts']> {
    await edge.ip(`
      link add name lan type bridge
      address add 192.168.${number}.1/24 dev lan
      link set lan up`)
    const join = async (host: number): Promise<Namespace> => {
      const namespace = await this.#namespace()
      await this.#plug(namespace, edge, number, 10 + host)
      return namespace
    }
    const others = Array.from({ length: hosts - 1 }, (_, index) => join(1 + index))
    return [await join(0), ...(await Promise.all(others))]
  }

  async #plug(host: Namespace, edge: Namespace, number: number, last: number): Promise<void> {
    const plug = `host${++this.#lastPlug}`
    await edge.ip(`
      link add name ${plug} type veth peer name eth0 netns ${host.pid}
      link set ${plug} master lan up`)
    await host.ip(`
      address add 192.168.${number}.${last}/24 dev eth0
      link set eth0 up
      route add default via 192.168.${number}.1`)
  }

  async #startDht(): Promise<void> {
    const { address, edge } = await this.site('open')
    const [program, ...args] = [
      ...edge.prefix,
      process.execPath,
      path.join(import.meta.dirname, 'dhtNodes.ts'),
      address,
    ]
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#dht = child
    const lines = createInterface(child.stdout)
    const [first] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown]
    if (typeof first !== 'string') throw new Error('The private DHT did not start')
    this.#nodes = first.split(',')
  }
}

interface CountedPair {
  readonly elem: { readonly val: { readonly concat: readonly [string, string] }; readonly counter: Traffic }
}
