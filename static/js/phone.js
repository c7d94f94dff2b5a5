// Everything a phone needs, in one tag: <script type="module" src="js/phone.js">. htmx comes before it, with defer.
import "./leaving.js"; // before anything is written
import { probe } from "./store.js";
import "./autosave.js";
import "./clear.js";
import "./copy.js";
import "./countdown.js";
import "./counter.js";
import "./kept.js";
import "./outbox.js";
import "./privacy.js";
import "./refill.js";
import "./steppers.js";
import "./unsent.js";
import "./live.js";

probe();
