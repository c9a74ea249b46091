/** One peer connection of the call: one offer, one answer, no trickle (candidates travel inside). */

const GATHERING_MS = 1500;
const START_KBIT = 2000;
const MAX_BITS = 2_500_000;
const CONTROL_CHANNEL = "control";
const H264 = /profile-level-id=42e01f/i;

/**
 * Return `sdp` with the sender's start bit rate for VP8. Chromium begins at 300 kbit/s otherwise and stays
 * small for half a minute; other browsers ignore the line.
 */
export function withStartBitrate(sdp) {
  const rtpmap = /^a=rtpmap:(\d+) VP8\/90000\r?$/m.exec(sdp);
  if (rtpmap === null) return sdp;
  const [line, payload] = rtpmap;
  const wanted = `x-google-start-bitrate=${START_KBIT}`;
  const fmtp = new RegExp(`^(a=fmtp:${payload} [^\\r\\n]*)`, "m");
  if (fmtp.test(sdp)) return sdp.replace(fmtp, `$1;${wanted}`);
  return sdp.replace(line, `${line.trimEnd()}\r\na=fmtp:${payload} ${wanted}${line.endsWith("\r") ? "\r" : ""}`);
}

/** VP8 first, then constrained-baseline H.264; repair formats follow. */
function preferredCodecs() {
  const codecs = RTCRtpReceiver.getCapabilities?.("video")?.codecs ?? [];
  const is = (name) => (codec) => codec.mimeType.toLowerCase() === `video/${name}`;
  const h264 = codecs.filter(is("h264")).filter(
    (codec) => H264.test(codec.sdpFmtpLine ?? "") && codec.sdpFmtpLine.includes("packetization-mode=1"),
  );
  return [...codecs.filter(is("vp8")), ...h264, ...codecs.filter(is("rtx"))];
}

/** `onState(state)`, `onTrack(track)`, `onControl(text)` and `onControlOpen()` report what comes. */
export class Link {
  constructor({ camera, onState, onTrack, onControl, onControlOpen }) {
    this.camera = camera;
    this.connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    this.channel = this.connection.createDataChannel(CONTROL_CHANNEL, { ordered: true });
    this.senders = {};
    for (const kind of ["audio", "video"]) this.#offerKind(kind);
    this.connection.onconnectionstatechange = () => onState(this.connection.connectionState);
    this.connection.ontrack = (event) => onTrack(event.track);
    this.channel.onmessage = (event) => onControl(event.data);
    this.channel.onopen = onControlOpen;
  }

  #offerKind(kind) {
    const track = this.camera[kind];
    const transceiver = this.connection.addTransceiver(track ?? kind, {
      direction: "sendrecv",
      streams: [this.camera.stream],
    });
    this.senders[kind] = transceiver.sender;
    const codecs = kind === "video" ? preferredCodecs() : [];
    if (codecs.length > 0) transceiver.setCodecPreferences?.(codecs);
  }

  /** Return the offer with its candidates; gathering is cut off after 1.5 s. */
  async offer() {
    await this.connection.setLocalDescription(await this.connection.createOffer());
    if (this.connection.iceGatheringState !== "complete") {
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, GATHERING_MS);
        this.connection.onicegatheringstatechange = () => {
          if (this.connection.iceGatheringState !== "complete") return;
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.connection.localDescription.sdp;
  }

  /** Take the desk's answer and set the sender's limits. */
  async accept(sdp) {
    if (this.connection.signalingState !== "have-local-offer") return;
    await this.connection.setRemoteDescription({ type: "answer", sdp: withStartBitrate(sdp) });
    const sender = this.senders.video;
    const parameters = sender.getParameters();
    if (parameters.encodings?.length > 0) parameters.encodings[0].maxBitrate = MAX_BITS;
    parameters.degradationPreference = "maintain-resolution";
    // Limits are a wish: a browser that refuses them still has a call.
    await sender.setParameters(parameters).catch(() => {});
  }

  /** Send another track of the same kind without a new negotiation. */
  async replace(kind) {
    await this.senders[kind].replaceTrack(this.camera[kind]);
  }

  /** Send one message as JSON; tell whether it could be sent. */
  send(message) {
    if (this.channel.readyState !== "open") return false;
    this.channel.send(JSON.stringify(message));
    return true;
  }

  close() {
    this.connection.onconnectionstatechange = null;
    this.connection.ontrack = null;
    this.channel.onmessage = null;
    this.channel.onopen = null;
    this.connection.close();
  }
}
