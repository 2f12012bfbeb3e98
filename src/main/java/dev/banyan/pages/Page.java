package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Owner;

/// One public page of an account, at `/{username}/{slug}`; the default one is also at `/{username}`.
///
/// @param published whether visitors can see it
/// @param position its place among the account's pages, after the default one; ties are broken by age
/// @param links number of its links, shown or not
/// @param zone the time zone of its days in analytics and of new schedules; empty for the account's
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
        Instant updatedAt,
        Optional<ZoneId> zone) {

    /// Returns the path of its preview picture.
    public String previewPath() {
        return "/media/card/" + id + ".png";
    }
}
