/** Entry of the party's page: the link's token stands in the address, `/p/TOKEN`; at `/j` a code is entered. */

import { App } from "./app.js";

const token = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1) ?? "");
const app = new App(document.getElementById("page"));
app.show();
// Not before: the call's pictures would hold up the end of loading until they arrive.
window.addEventListener("load", () => (location.pathname === "/j" ? app.enter() : app.open(token)));
