package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.pages.LinkPictureStore;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.themes.PictureNames;
import jakarta.inject.Singleton;

/// Names the pictures of links that must be kept during cleanup.
@Singleton
public final class LinkPictures implements PictureNames {

    @Override
    public Set<String> named(Tx tx, Owner owner, Set<String> ids) {
        return new LinkPictureStore(tx).named(owner, ids);
    }
}
