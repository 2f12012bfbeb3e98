package dev.banyan.platform.jobs;

/// Marks a bean with work that the server does again and again. CDI finds all of them at the start.
public interface Recurring {

    Job job();
}
