package dev.banyan.platform.config;

/// What runs here, such as `Banyan 0.1.0`.
public record Release(String name) {}
