import { alertmanager } from "./alertmanager.ts";
import type { InstalledServer } from "./installed-server.ts";
import { loopbackTodo } from "./loopback-todo.ts";

export const installedServers: readonly InstalledServer[] = [loopbackTodo, alertmanager];
