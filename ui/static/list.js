// A page whose passages stand in a list.

import { beginSheet } from "./sheet.js";

beginSheet();
