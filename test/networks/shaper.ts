/**
 * A process of its own in the router of a site: it passes the datagrams of the hosts behind it on, as a cone NAT does,
 * and on the way loses, delays and overtakes some of them. Its argument is a `ShaperPlan`; it says `ready`, and what it
 * did when its standard input ends.
 */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { SeededRandom } from '../doubles/seededRandom.ts'
import type { ShaperPlan, ShaperReport } from './shaping.ts'

const plan = JSON.parse(process.argv[2] ?? '') as ShaperPlan
const random = new SeededRandom(plan.seed)
const counts = { passed: 0, lost: 0, overtaken: 0 }

/** So much later a datagram arrives that others overtake. */
const overtakenMs = 60

const chance = (): number => (random.bytes(1)[0] as number) / 256

function weather(deliver: () => void): void {
  if (chance() * 100 < plan.lossPercent) {
    counts.lost++
    return
  }
  const isOvertaken = chance() * 100 < plan.reorderPercent
  counts[isOvertaken ? 'overtaken' : 'passed']++
  const delayMs = plan.delayMs + (isOvertaken ? overtakenMs : 0)
  if (delayMs === 0) deliver()
  else setTimeout(deliver, delayMs)
}

const ignore = (): void => undefined

/** By `host:port` of what lies outside. */
const doors = new Map<string, Socket>()
/** By `host:port` of a socket inside. */
const clients = new Map<string, Socket>()

function outside(client: { readonly address: string; readonly port: number }): Socket {
  const name = `${client.address}:${client.port}`
  const known = clients.get(name)
  if (known !== undefined) return known
  const socket = createSocket('udp4').on('error', ignore)
  socket.on('message', (bytes, from) => {
    const door = doors.get(`${from.address}:${from.port}`)
    if (door !== undefined) weather(() => door.send(bytes, client.port, client.address, ignore))
  })
  clients.set(name, socket)
  return socket
}

for (const { host, port, door: doorPort } of plan.places) {
  const door = createSocket('udp4').on('error', ignore)
  door.on('message', (bytes, client) => {
    const socket = outside(client)
    weather(() => socket.send(bytes, port, host, ignore))
  })
  door.bind(doorPort)
  await once(door, 'listening')
  doors.set(`${host}:${port}`, door)
}
console.log('ready')
process.stdin
  .on('end', () => {
    const report: ShaperReport = counts
    process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0))
  })
  .resume()
