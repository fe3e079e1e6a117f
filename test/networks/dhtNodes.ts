/** A process of its own: a private DHT at the address given, until its standard input ends. Says where its nodes are. */
import createTestnet from 'hyperdht/testnet.js'

/** With fewer nodes than this, most connections are found dead: see `loopbackDht.ts`. */
const nodes = 8

const [host = '127.0.0.1'] = process.argv.slice(2)
const testnet = await createTestnet(nodes, { host })
const ports = testnet.nodes.map((node) => node.address()?.port)
process.stdout.write(`${ports.map((port) => `${host}:${port}`).join(',')}\n`)
process.stdin.on('end', () => process.exit(0)).resume()
