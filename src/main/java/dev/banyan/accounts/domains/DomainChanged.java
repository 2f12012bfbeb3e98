package dev.banyan.accounts.domains;

import dev.banyan.platform.cluster.News;

/// Something about a host has changed: whether it is served, or for what.
public record DomainChanged(String host) implements News {}
