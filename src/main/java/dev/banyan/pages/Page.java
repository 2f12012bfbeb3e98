package dev.banyan.pages;

import dev.banyan.platform.Owner;
import java.time.Instant;

/// One public page of an account, at `/{username}/{slug}`; the default one is at `/{username}` too.
///
/// @param links how many links it has, shown or not
record Page(
        PageId id,
        Owner owner,
        String slug,
        String name,
        boolean isDefault,
        long links,
        Instant createdAt,
        Instant updatedAt) {}
