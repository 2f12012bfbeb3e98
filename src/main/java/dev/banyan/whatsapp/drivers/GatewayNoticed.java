package dev.banyan.whatsapp.drivers;

import dev.banyan.platform.cluster.News;
import dev.banyan.whatsapp.ConnectionId;

/// A webhook has said something about a whole connection, whose numbers may be on several servers.
record GatewayNoticed(ConnectionId connection, HookEvent.Notice notice) implements News {}
