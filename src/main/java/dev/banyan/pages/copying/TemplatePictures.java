package dev.banyan.pages.copying;

import module java.base;
import dev.banyan.accounts.brands.BrandTemplates;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.PictureNames;
import jakarta.inject.Singleton;

/// Keeps the pictures that templates name; the agency itself has them.
@Singleton
final class TemplatePictures implements PictureNames {

    @Override
    public Set<String> named(Tx tx, Owner owner, Set<String> ids) {
        if (!owner.account().equals(owner.tenant())) {
            return Set.of();
        }
        List<String> snapshots = BrandTemplates.snapshots(tx, owner.tenant(), BrandPages.KEY);
        return ids.stream()
                .filter(id -> snapshots.stream().anyMatch(snapshot -> snapshot.contains(id)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
