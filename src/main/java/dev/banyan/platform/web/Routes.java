package dev.banyan.platform.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.core.Application;

/// Answers every request on a virtual thread of its own: a resource waits for the database, and an event loop must not.
@RunOnVirtualThread
public class Routes extends Application {}
