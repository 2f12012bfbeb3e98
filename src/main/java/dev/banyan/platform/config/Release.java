package dev.banyan.platform.config;

/// The running version, such as `Banyan 0.1.0`.
public record Release(String name) {}
