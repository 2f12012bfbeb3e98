package dev.banyan.pages;

import dev.banyan.platform.cluster.News;

/// An account's pages have changed, so caches of them are outdated. Fired in memory after the commit.
public record PageChanged(String username) implements News {}
