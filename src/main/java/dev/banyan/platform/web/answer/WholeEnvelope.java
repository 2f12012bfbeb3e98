package dev.banyan.platform.web.answer;

/// A value that is its envelope already, because it says something beside its data: `{success, data, message}`.
public interface WholeEnvelope {}
