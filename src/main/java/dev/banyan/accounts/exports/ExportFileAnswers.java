package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.platform.web.FileAnswers;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/// Sends the file of an export to the one who asked for it.
final class ExportFileAnswers {

    private ExportFileAnswers() {}

    static Response answer(Exports.Download download) {
        StreamingOutput bytes = out -> {
            try (InputStream content = download.file().open()) {
                content.transferTo(out);
            }
        };
        return FileAnswers.download(download.export().fileName(), "application/zip", bytes)
                .header("Content-Length", download.file().size())
                .build();
    }
}
