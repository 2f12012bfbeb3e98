package dev.banyan.platform.web.page;

/// What is wrong with a whole form, not with one of its fields: what happened, then what to do.
public record FormProblem(String title, String text) {}
