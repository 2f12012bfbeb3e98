package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;

/// Names pictures used outside of appearances. Implemented by each package that uses pictures, so that no package reads
/// another's tables; unused pictures are deleted.
public interface PictureNames {

    /// Returns which of these ids an account uses.
    Set<String> named(Tx tx, Owner owner, Set<String> ids);
}
