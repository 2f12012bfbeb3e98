package dev.banyan.platform.web.page;

import java.util.Optional;

/// What the centred pages outside an account need: sign-in, errors, notices.
public record Door(String title, Optional<String> theme, String version) {}
