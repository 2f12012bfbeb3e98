package dev.banyan.platform.jobs;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/// Threads of the server's own work: connecting numbers, sending what waits, storing what gateways report. Requests
/// have others (`@VirtualThreads`), and each of the two waits for connections to PostgreSQL in a line of its own.
@Qualifier
@Retention(RUNTIME)
@Target({METHOD, PARAMETER})
public @interface OwnWork {}
