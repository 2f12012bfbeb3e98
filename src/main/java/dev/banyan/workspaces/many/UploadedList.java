package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.CsvText;

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
            return CsvText.decode(Files.readAllBytes(file.get()))
                    .orElseThrow(() ->
                            new RowList.Broken("The file isn’t UTF-8 text. Save it as CSV in UTF-8 and try again."))
                    .text();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
