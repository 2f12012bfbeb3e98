package dev.banyan.platform.web.page;

import module java.base;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// A file that was chosen in a form.
public final class UploadedFile {

    private UploadedFile() {}

    /// Reads at most one byte more than allowed, which shows that the file is too large; empty if none was chosen.
    public static byte[] bytes(@Nullable FileUpload upload, int largest) {
        if (upload == null) {
            return new byte[0];
        }
        try (var content = Files.newInputStream(upload.uploadedFile())) {
            return content.readNBytes(largest + 1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
