package dev.banyan.workspaces.many;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A list that comes as a file or pasted into a form.
final class UploadedList {

    private UploadedList() {}

    /// @param pasted counts if no file was chosen
    /// @param file where the server has put it
    static String text(String pasted, Optional<Path> file) throws RowList.Broken {
        if (file.isEmpty()) {
            return pasted;
        }
        try {
            if (Files.size(file.get()) > RowList.LARGEST) {
                throw new RowList.Broken("The file is larger than 512 KB.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file.get())))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new RowList.Broken("The file isn’t UTF-8 text. Save it as CSV in UTF-8 and try again.");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
