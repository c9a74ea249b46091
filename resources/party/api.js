/** What the page asks of the service. Every write carries an idempotency key, so it can be sent again. */

const TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 60_000;
const RETRY_MS = [500, 1500];

/** A refusal of the service (`code` of its problem answer) or no answer at all (`status` 0). */
export class Refused extends Error {
  constructor(code, status, params = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.params = params;
  }

  /** No answer, too many requests or a fault of the service: worth trying again. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** A fresh identifier: 32 lower-case hexadecimal digits. */
export function newId() {
  return crypto.randomUUID().replaceAll("-", "");
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function reach(method, path, headers, body, timeout) {
  try {
    return await fetch(path, {
      method, headers, body, credentials: "same-origin", cache: "no-store", redirect: "error",
      signal: AbortSignal.timeout(timeout),
    });
  } catch {
    throw new Refused("unreachable", 0);
  }
}

async function once(method, path, headers, body, timeout) {
  const answer = await reach(method, path, headers, body, timeout);
  const text = await answer.text().catch(() => "");
  let value = null;
  try {
    value = text === "" ? null : JSON.parse(text);
  } catch {
    if (answer.ok) throw new Refused("unreadable", answer.status);
  }
  if (answer.ok) return value;
  throw refused(answer, value);
}

function refused(answer, value) {
  const code = typeof value?.type === "string" ? value.type.split(":").pop() : "";
  return new Refused(code, answer.status, value?.params ?? {});
}

/** The bytes of a file, as the browser keeps them. */
async function file(path, headers, body) {
  const answer = await reach("POST", path, headers, body, TIMEOUT_MS);
  if (!answer.ok) throw refused(answer, await answer.json().catch(() => null));
  return answer.blob();
}

/** Send once, and again after what passes: the key makes a repeat harmless. */
async function send(method, path, headers, body, timeout = TIMEOUT_MS) {
  for (const pause of RETRY_MS) {
    try {
      return await once(method, path, headers, body, timeout);
    } catch (refusal) {
      if (!refusal.passing) throw refusal;
    }
    await wait(pause);
  }
  return once(method, path, headers, body, timeout);
}

function post(path, value, headers = {}) {
  const all = { "Content-Type": "application/json", "Idempotency-Key": newId(), ...headers };
  return send("POST", path, all, JSON.stringify(value));
}

/** Lower-case hexadecimal of bytes. */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Requests of the party's page; paths and bodies as in the service's published interface. */
export const api = {
  openLink: (token) => post("/v1/party/session", { token }),
  /** Once: a code that was taken serves no second time, and a wrong one counts. */
  join: (code) =>
    once("POST", "/v1/party/join", { "Content-Type": "application/json" }, JSON.stringify({ code }), TIMEOUT_MS),
  state: () => once("GET", "/v1/party/state", {}, undefined, TIMEOUT_MS),
  consent: (item, given, wording) => post("/v1/party/consents", { item, given, wording }),
  position: (position) => post("/v1/party/position", { position }),
  placeCall: (hurt, name, placeHint) => post("/v1/party/calls", { hurt, name, place_hint: placeHint }),
  words: (text) => post("/v1/party/words", { text }),
  askOfficer: () => post("/v1/party/officer-requests", {}),
  confirmEvacuation: () => post("/v1/party/evacuation", {}),
  startClaim: (code) => post("/v1/party/claim", { code }),
  applyForReview: (claims, reasons, evidence, code) => post("/v1/party/review", { claims, reasons, evidence, code }),
  askRecusal: (reason) => post("/v1/party/recusal-requests", { reason }),
  askCode: (act) => post("/v1/party/codes", { act }),
  sign: (sha256, strokes, typedName, code) =>
    post("/v1/party/signature", { text_sha256: sha256, strokes, typed_name: typedName, code }),
  declineSignature: (sha256) => post("/v1/party/signature/decline", { text_sha256: sha256 }),
  leave: (callId) => post(`/v1/party/calls/${encodeURIComponent(callId)}/leave`, {}),
  signal: (callId, resumeToken, signal) =>
    post(`/v1/party/calls/${encodeURIComponent(callId)}/signals`, signal, { "Resume-Token": resumeToken }),
  eventsPath: "/v1/party/events",
  signalsPath: (callId, after) =>
    `/v1/party/calls/${encodeURIComponent(callId)}/signals?${new URLSearchParams({ after })}`,

  /** The issued document as PDF; refused without the code that came by SMS. */
  async determination(code) {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": newId() };
    return file("/v1/party/determination", headers, JSON.stringify({ code }));
  },

  /** POST a picture and tell whether the service stored exactly these bytes. */
  async still(requestId, slot, blob) {
    const bytes = await blob.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const query = new URLSearchParams({ request_id: requestId, slot });
    const headers = {
      "Content-Type": blob.type,
      "Content-Digest": `sha-256=:${btoa(String.fromCharCode(...digest))}:`,
      "Idempotency-Key": newId(),
    };
    const receipt = await send("POST", `/v1/party/stills?${query}`, headers, blob, UPLOAD_TIMEOUT_MS);
    if (receipt?.sha256 !== hex(digest)) throw new Refused("digest-differs", 200);
    return receipt;
  },
};
