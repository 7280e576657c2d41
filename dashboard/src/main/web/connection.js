// The WebSocket to the server, which comes back by itself after it was lost.

const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 5000;

/** With this code the server closes what it has just opened: too many pages are open. */
const TRY_AGAIN_LATER = 1013;

export class Connection {
  /**
   * @param {function(object)} onMessage gets every message
   * @param {function(string)} onState gets connecting, open, lost or refused
   */
  constructor(onMessage, onState) {
    this.onMessage = onMessage;
    this.onState = onState;
    this.wait = SHORTEST_WAIT;
    this.watched = [];
    this.open();
  }

  open() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.socket = new WebSocket(`${scheme}://${location.host}/live`);
    this.socket.onopen = () => {
      this.wait = SHORTEST_WAIT;
      this.onState('open');
      this.sendWatched();
    };
    this.socket.onmessage = (event) => this.onMessage(JSON.parse(event.data));
    this.socket.onclose = (event) => {
      const refused = event.code === TRY_AGAIN_LATER;
      // It was open for a moment, which would begin the waiting anew each time.
      if (refused) this.wait = LONGEST_WAIT;
      this.onState(refused ? 'refused' : 'lost');
      setTimeout(() => this.open(), this.wait);
      this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
    };
  }

  /** Asks for the waveforms of these streams, now and after every reconnection. */
  watch(streams) {
    this.watched = streams;
    this.sendWatched();
  }

  sendWatched() {
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ watch: this.watched }));
    }
  }
}
