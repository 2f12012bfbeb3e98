package dev.banyan.platform.web.page;

/// One option of a select: what the form sends, and what a person reads.
public record Choice(String value, String label) {}
