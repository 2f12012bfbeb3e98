package dev.banyan.accounts.exports;

import module java.base;
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
        return Response.ok(bytes)
                .type("application/zip")
                .header("Content-Length", download.file().size())
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + download.export().fileName() + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }
}
