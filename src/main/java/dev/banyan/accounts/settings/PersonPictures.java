package dev.banyan.accounts.settings;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.context.SignedInPerson;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.RemovedFileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import jakarta.inject.Singleton;

/// The pictures of people, for those who share an account with them. A file is written before its row, and removed
/// after it by a job.
@Singleton
record PersonPictures(
        Database database, FileStore files, PictureDrawing drawing, Audit audit, Clock clock, Uuids uuids) {

    /// Limit of an upload in bytes, as of all pictures.
    static final int LARGEST = 10 * 1_048_576;

    private static final String FOLDER = "people/";

    /// @return whether only the first frame of an animation was kept
    Outcome<Boolean> set(SignedInPerson self, byte[] given) {
        return SignInChanges.own(self, () -> switch (drawing.square(given)) {
            case PictureDrawing.Drawn.Bad(String why) -> Outcome.rejected(new Invalid("picture", why));
            case PictureDrawing.Drawn.Good(byte[] bytes, String ending, boolean isStill) -> {
                String name = uuids.next() + "." + ending;
                files.put(FOLDER + name, StoredFile.of(bytes));
                yield replace(self, Optional.of(name)).map(_ -> isStill);
            }
        });
    }

    Outcome<Nothing> remove(SignedInPerson self) {
        return SignInChanges.own(self, () -> replace(self, Optional.empty()));
    }

    private Outcome<Nothing> replace(SignedInPerson self, Optional<String> name) {
        return database.write(tx -> {
            Optional<String> former = new IdentityStore(tx).replacePicture(self.identity(), name, clock.instant());
            former.ifPresent(old -> new RemovedFileStore(tx).add(FOLDER + old, clock.instant()));
            if (former.isPresent() || name.isPresent()) {
                self.note(audit, tx, "PersonPictureChanged", Map.of());
            }
            return Outcome.done();
        });
    }

    Optional<StoredFile> read(IdentityId viewer, String name) {
        return database.read(tx -> new IdentityStore(tx).showsPicture(viewer, name))
                ? files.find(FOLDER + name)
                : Optional.empty();
    }
}
