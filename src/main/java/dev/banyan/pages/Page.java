package dev.banyan.pages;

import dev.banyan.platform.Owner;
import java.time.Instant;

/// One public page of an account, at `/{username}/{slug}`; the default one is at `/{username}` too.
///
/// @param published whether visitors find it
/// @param position its place among the account's pages, after the default one; ties are broken by age
/// @param links how many links it has, shown or not
public record Page(
        PageId id,
        Owner owner,
        String slug,
        String name,
        boolean isDefault,
        boolean published,
        int position,
        long links,
        Instant createdAt,
        Instant updatedAt) {}
