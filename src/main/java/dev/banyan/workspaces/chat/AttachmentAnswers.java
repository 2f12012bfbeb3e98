package dev.banyan.workspaces.chat;

import dev.banyan.workspaces.Attachment;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Serves uploaded files so that they can't execute anything: pictures are shown, everything else is downloaded, and
/// browsers may not guess the type.
@Singleton
public final class AttachmentAnswers {

    private final Attachments attachments;

    AttachmentAnswers(Attachments attachments) {
        this.attachments = attachments;
    }

    /// @return empty if the file is lost
    public Optional<Response> answer(Attachment attachment) {
        return attachments
                .content(attachment)
                .map(file -> Response.ok(file.toFile())
                        .type(
                                attachment.type().startsWith("text/")
                                        ? attachment.type() + "; charset=utf-8"
                                        : attachment.type())
                        .header("Content-Disposition", disposition(attachment))
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                        .header("Cross-Origin-Resource-Policy", "same-origin")
                        .header("Cache-Control", "private, max-age=86400, immutable")
                        .build());
    }

    private static String disposition(Attachment attachment) {
        String encoded =
                URLEncoder.encode(attachment.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return (attachment.isPicture() ? "inline" : "attachment") + "; filename*=UTF-8''" + encoded;
    }
}
