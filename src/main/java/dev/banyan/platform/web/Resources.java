package dev.banyan.platform.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.core.Application;

/// Says where all resources run: they wait for the database, and an event loop must not.
@RunOnVirtualThread
public class Resources extends Application {}
