package dev.banyan.pages;

/// Something of an account's pages changed that others may have kept. Fired in memory after the commit.
public record PageChanged(String username) {}
