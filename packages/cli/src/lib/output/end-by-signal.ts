/**
 * Ends the process by a signal. Node ignores SIGPIPE and uses SIGUSR1 for its debugger; adding and removing a listener restores
 * the default, which ends the process.
 */
export function endBySignal(name: NodeJS.Signals): void {
  if (name !== "SIGKILL" && name !== "SIGSTOP") process.on(name, () => {}).removeAllListeners(name);
  process.kill(process.pid, name);
}
