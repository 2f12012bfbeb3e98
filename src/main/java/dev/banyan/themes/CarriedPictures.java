package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.StoredFile;
import jakarta.inject.Singleton;

/// Pictures that leave an account in a file, and come to another one. What comes is drawn again, as any upload.
@Singleton
public record CarriedPictures(Pictures pictures, FileStore files, Settings settings) {

    private static final int LONGEST_SOURCE = 2_048;

    /// A picture of an account.
    ///
    /// @param name of a file for it, such as `{id}.png`
    /// @param path where it is stored
    /// @param source its original address; empty if it was uploaded
    public record Carried(String id, String name, String path, String source) {}

    /// The result of bringing one.
    public sealed interface Brought {

        /// @param copy of one picture, under its id in the file
        record Done(PictureCopies copy) implements Brought {}

        /// @param why a full sentence for people
        record Refused(String why) implements Brought {}
    }

    public List<Carried> list(Tx tx, Owner owner, Collection<String> ids) {
        String ours = settings.baseUrl() + Picture.pathOf("");
        return ids.isEmpty()
                ? List.of()
                : new ImageStore(tx)
                        .find(owner, ids).stream()
                                .map(image -> new Carried(
                                        image.id(),
                                        image.id()
                                                + image.path()
                                                        .substring(image.path().lastIndexOf('.')),
                                        image.path(),
                                        image.source().startsWith(ours) ? "" : image.source()))
                                .toList();
    }

    /// Returns the file of one; empty if it is gone.
    public Optional<StoredFile> file(Carried picture) {
        return files.find(picture.path());
    }

    /// Draws a picture again and writes its file; [Pictures#insert] adds its row, [Pictures#discard] removes the file.
    /// Called outside of any transaction.
    ///
    /// @param id in the file that it comes from
    /// @param source as in [Carried]
    public Brought bring(Owner to, PictureUse use, String id, String source, byte[] bytes) {
        return switch (pictures.prepare(to, use, bytes)) {
            case Pictures.Uploaded.Refused(String why) -> new Brought.Refused(why);
            case Pictures.Uploaded.Done(PictureCopies drawn) -> {
                Image image = drawn.rows().getFirst().image();
                boolean foreign = !source.isEmpty()
                        && source.length() <= LONGEST_SOURCE
                        && WebAddresses.broken(source).isEmpty();
                var named = new Image(
                        image.id(),
                        foreign ? source : image.source(),
                        image.type(),
                        image.size(),
                        image.width(),
                        image.height(),
                        image.path(),
                        image.createdAt());
                yield new Brought.Done(new PictureCopies(
                        to,
                        Map.of(id, new Picture(named.source(), named.id())),
                        List.of(new PictureCopies.Row(id, named))));
            }
        };
    }
}
