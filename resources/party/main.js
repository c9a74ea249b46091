/** Entry of the party's page: the link's token stands in the address, `/p/TOKEN`. */

import { App } from "./app.js";

const token = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1) ?? "");
const app = new App(document.getElementById("page"));
app.open(token);
