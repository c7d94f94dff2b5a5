// The big screen only listens.
import "./countdown.js";
import "./live.js";
