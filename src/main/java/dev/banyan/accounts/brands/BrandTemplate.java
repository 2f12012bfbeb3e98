package dev.banyan.accounts.brands;

import module java.base;

/// A saved template for new brands: a snapshot, so it stays as it is when its brand changes or is deleted.
///
/// @param source the username of the brand that it was made from
public record BrandTemplate(String id, String name, Set<BrandPart> parts, String source, Instant createdAt) {}
