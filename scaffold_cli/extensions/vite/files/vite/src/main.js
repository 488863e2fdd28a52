import "./main.css";
import { markCurrentLink } from "./navigation.js";

markCurrentLink(document.querySelectorAll("nav a"));
