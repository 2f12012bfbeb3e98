package dev.banyan.workspaces.administration;

import dev.banyan.platform.Exempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// A picture that came with a form.
@Exempt(from = "onlyResourcesSpeakHttp", because = "reads a file that came with a form, for two resources")
final class UploadedPicture {

    private UploadedPicture() {}

    /// One byte more than is allowed where it is larger; empty where none was chosen.
    static byte[] bytes(@Nullable FileUpload upload) {
        if (upload == null) {
            return new byte[0];
        }
        try (var content = Files.newInputStream(upload.uploadedFile())) {
            return content.readNBytes(WorkspaceBrands.LARGEST_PICTURE + 1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
