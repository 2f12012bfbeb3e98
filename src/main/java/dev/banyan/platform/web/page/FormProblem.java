package dev.banyan.platform.web.page;

/// A problem with a whole form, not with one of its fields: what happened, then what to do.
public record FormProblem(String title, String text) {}
