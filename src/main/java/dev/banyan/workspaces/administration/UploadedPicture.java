package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.Exempt;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// A picture uploaded with a form.
@Exempt(from = "onlyResourcesSpeakHttp", because = "reads an uploaded file for two resources")
final class UploadedPicture {

    private UploadedPicture() {}

    /// Reads at most one byte more than allowed, which shows that a file is too large; empty if none was chosen.
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
