package dev.banyan.platform.web.page;

/// One option of a select: the value that the form sends, and its label.
public record Choice(String value, String label) {}
