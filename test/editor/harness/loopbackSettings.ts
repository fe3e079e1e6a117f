/** The settings that keep Tincan on a private DHT of this machine. */
export function loopbackSettings(
  bootstrap: readonly { readonly host: string; readonly port: number }[],
): Readonly<Record<string, unknown>> {
  return {
    'tincan.network.bootstrap': bootstrap.map(({ host, port }) => `${host}:${port}`),
    'tincan.network.bindHost': '127.0.0.1',
  }
}
