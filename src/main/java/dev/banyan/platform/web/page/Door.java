package dev.banyan.platform.web.page;

import module java.base;

/// The frame of the centred pages outside an account: sign-in, errors, notices.
public record Door(String title, Optional<String> theme, String version) {}
