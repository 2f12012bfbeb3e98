package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.workspaces.Attachment;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Serves uploaded files so that they can't execute anything: pictures are shown, everything else is downloaded, and
/// browsers may not guess the type.
@Singleton
public final class AttachmentAnswers {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,15})-([0-9]{0,15})");

    private final Attachments attachments;

    AttachmentAnswers(Attachments attachments) {
        this.attachments = attachments;
    }

    /// Serves the part that was asked for: players of audio and video seek in a file, and some play nothing else.
    ///
    /// @return empty if the file is lost
    public Optional<Response> answer(Call call, Attachment attachment) {
        Optional<String> range = call.header("Range");
        return range.isEmpty()
                ? answer(attachment)
                : attachments
                        .content(attachment)
                        .flatMap(file -> part(range.get(), file, attachment))
                        .or(() -> answer(attachment));
    }

    /// @return empty for a range that isn't a single one within the file
    private static Optional<Response> part(String range, StoredFile file, Attachment attachment) {
        long size = file.size();
        Matcher asked = RANGE.matcher(range);
        if (!asked.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(asked.group(1));
        long last = asked.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(asked.group(2)));
        return first > last
                ? Optional.empty()
                : Optional.of(headed(FileAnswers.part(file, first, last, size), attachment)
                        .build());
    }

    /// @return empty if the file is lost
    public Optional<Response> answer(Attachment attachment) {
        return attachments
                .content(attachment)
                .map(file -> headed(FileAnswers.whole(file), attachment).build());
    }

    private static Response.ResponseBuilder headed(Response.ResponseBuilder answer, Attachment attachment) {
        return answer.type(
                        attachment.type().startsWith("text/")
                                ? attachment.type() + "; charset=utf-8"
                                : attachment.type())
                .header("Content-Disposition", disposition(attachment))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "private, max-age=86400, immutable");
    }

    private static String disposition(Attachment attachment) {
        String encoded =
                URLEncoder.encode(attachment.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return (attachment.isPicture() ? "inline" : "attachment") + "; filename*=UTF-8''" + encoded;
    }
}
