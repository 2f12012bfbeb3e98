package dev.banyan.platform.jobs;

/// Decides whether it is this server's turn to run the jobs that only one of several servers runs.
public interface Turn {

    boolean isOurs();
}
