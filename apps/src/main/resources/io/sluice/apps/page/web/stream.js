// The states of the page, as its server pushes them. A line that is dead is noticed and opened again.

const SILENCE_MILLIS = 5000;
const RETRY_MILLIS = 1000;

/**
 * Opens the stream and keeps it open. Other parts of the page get each state as the event sluice-state.
 *
 * @param onState gets each state
 * @param onConnection gets "live", or "lost" and since when
 * @param query tells what to ask for
 * @returns opens it anew, for another query
 */
export function follow(onState, onConnection, query) {
  let source = null;
  let heard = Date.now();
  let lost = null;

  function lose() {
    lost = lost ?? heard;
    onConnection("lost", lost);
  }

  // A stream does not tell why it was refused.
  async function signInIfAsked() {
    try {
      if ((await fetch("/api/state")).status === 401) {
        location.assign("/login");
      }
    } catch {
      // No server: the page says so and tries again.
    }
  }

  function open() {
    source?.close();
    heard = Date.now();
    source = new EventSource(`/api/stream${query()}`);
    source.addEventListener("state", (event) => {
      heard = Date.now();
      lost = null;
      onConnection("live", heard);
      const state = JSON.parse(event.data);
      onState(state);
      document.dispatchEvent(new CustomEvent("sluice-state", { detail: state }));
    });
    source.addEventListener("error", () => {
      lose();
      if (source.readyState === EventSource.CLOSED) {
        signInIfAsked();
      }
    });
  }

  open();
  setInterval(() => {
    const closed = source.readyState === EventSource.CLOSED;
    if (closed || Date.now() - heard > SILENCE_MILLIS) {
      lose();
      open();
    }
  }, RETRY_MILLIS);
  return open;
}
