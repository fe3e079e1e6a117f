/** Preloaded into a process: at SIGUSR2 its wall clock is an hour later, as when a machine wakes up. */
const hourMs = 60 * 60 * 1000
const now = Date.now.bind(Date)
let sleptMs = 0
Date.now = () => now() + sleptMs
process.on('SIGUSR2', () => {
  sleptMs += hourMs
})
