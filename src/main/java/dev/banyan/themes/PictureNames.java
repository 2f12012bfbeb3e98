package dev.banyan.themes;

import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import java.util.Set;

/// Where else pictures are named than in appearances. Each package that names some implements it, so that nobody reads
/// another package's tables; a picture that nobody names goes.
public interface PictureNames {

    /// Those of these ids that are named in an account.
    Set<String> named(Tx tx, Owner owner, Set<String> ids);
}
