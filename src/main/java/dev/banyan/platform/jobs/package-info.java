/// The server's background jobs: when they run, how long they took, and what failed.
@NullMarked
package dev.banyan.platform.jobs;

import org.jspecify.annotations.NullMarked;
