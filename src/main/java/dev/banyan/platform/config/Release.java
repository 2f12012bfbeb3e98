package dev.banyan.platform.config;

/// The running version, such as `Banyan 0.1.0 (43b6ca002d)`.
public record Release(String name) {}
